import { PROMPTS } from './talk/agent-prompts.ts';

/** The app manifest (schema 2.0): the least that the bot needs. Everything opt-in stays out until somebody wants it. */
export type ManifestOptions = { socketMode: boolean; requestUrl?: string };

const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'pins:write',
  'reactions:read',
  'users:read',
];

const EVENTS = [
  'app_context_changed',
  'app_home_opened',
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'message_metadata_posted',
  'reaction_added',
];

/** Over HTTP every kind of request goes to the one address; over Socket Mode Slack ignores addresses. */
export function manifest({ socketMode, requestUrl }: ManifestOptions): object {
  const url = socketMode || requestUrl === undefined ? {} : { request_url: requestUrl };
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Firebreak',
      description: 'Guides a small team through a software supply-chain incident, and keeps a record an outsider can verify',
      background_color: '#1f5c57',
    },
    features: {
      // Conversations with the bot in its Messages tab. A workspace that does not have it loses the suggested prompts alone.
      agent_view: {
        agent_description: 'Ask what comes next, what is known and who must be told; write a note, a finding or a decision.',
        suggested_prompts: PROMPTS,
      },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Firebreak', always_online: true },
      shortcuts: [
        {
          name: 'Keep in the record',
          type: 'message',
          callback_id: 'keep_message',
          description: 'Keeps this message in the incident record',
        },
      ],
      slash_commands: [
        {
          command: '/incident',
          description: 'Start an incident, list what is open, see all clients, or play a drill',
          usage_hint: '[list | lanes | board | tell | drill kaseya]',
          should_escape: false,
          ...(socketMode || requestUrl === undefined ? {} : { url: requestUrl }),
        },
      ],
    },
    oauth_config: { scopes: { bot: SCOPES } },
    settings: {
      event_subscriptions: {
        bot_events: EVENTS,
        metadata_subscriptions: [{ app_id: '*', event_type: 'firebreak_delivery' }],
        ...url,
      },
      interactivity: { is_enabled: true, ...url },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}
