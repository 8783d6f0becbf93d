/** Where the model is. Any server that speaks OpenAI's protocol will do. */
export type ModelSettings = { apiKey: string; baseUrl?: string; model: string; budgetMs?: number };

/** From OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL; undefined where no model is configured: then templates and plain words do the work. */
export function modelSettings(env: Readonly<Record<string, string | undefined>>): ModelSettings | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = env;
  if (!model || (!apiKey && !baseUrl)) return undefined;
  return { apiKey: apiKey || 'none', model, ...(baseUrl ? { baseUrl } : {}) };
}
