/** The driver signs its clicks itself, as Slack does. */
export const SECRET = 'the signing secret of the bench';
