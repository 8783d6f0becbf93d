import type { AnyMiddlewareArgs, Middleware, RespondFn } from '@slack/bolt';
import { attempt } from '../deliveries/failures.ts';
import type { House } from '../house.ts';
import { OUTSIDE } from '../outside.ts';
import { BlockActions, ViewSubmission } from '../payloads.ts';

/**
 * From the workspace of a client only the buttons under what that client was told are listened to, and their form. Whatever else
 * comes from there reaches no record: the first thing that looks at a request, so that nothing behind it can forget to.
 */
export function doorkeeper(house: House): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    if (house.elsewhere?.has(args.context.teamId ?? '') !== true || isReceipt(args.body)) return args.next();
    const { ack, respond } = args as { ack?: (answer?: object) => Promise<void>; respond?: RespondFn };
    if ('command' in args.body) return void (await ack?.({ response_type: 'ephemeral', text: OUTSIDE }));
    await ack?.();
    const { body, client } = args;
    if (body.type === 'block_actions' && respond !== undefined)
      await attempt(house, 'response_url', 'the person could not be answered', () =>
        respond({ response_type: 'ephemeral', replace_original: false, text: OUTSIDE }),
      );
    if (body.type !== 'event_callback' || body.event.type !== 'app_mention') return;
    const { channel, user = '' } = body.event;
    await attempt(house, 'chat.postEphemeral', 'the person could not be answered', () =>
      client.chat.postEphemeral({ channel, user, text: OUTSIDE }),
    );
  };
}

function isReceipt(body: unknown): boolean {
  const submitted = ViewSubmission.safeParse(body);
  if (submitted.success) return submitted.data.view.callback_id === 'lanes.question';
  const clicked = BlockActions.safeParse(body);
  return clicked.success && clicked.data.actions.every(({ action_id }) => action_id.startsWith('receipt.'));
}
