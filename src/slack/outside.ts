/** People of another workspace, in a channel shared with it: who they are follows from the workspace, never from a name. */
export const isExternal = ({ home, team }: { home?: string | undefined; team: string }): boolean =>
  home !== undefined && home !== team;

export const OUTSIDE =
  'This is worked on by the team that invited you. Answer their message with its buttons, or write to them here. Nothing was recorded.';

export const NOT_KNOWN =
  'Slack cannot say just now which workspace you belong to, and this channel is shared with another one. Please try again in a minute. Nothing was recorded.';
