import type { Mark } from './decoys.ts';

/** Fills up to a length with digits that mean nothing. */
function filled(text: string, length: number): string {
  return text.padEnd(length, '0').slice(0, length);
}

/**
 * Values of variables that programs find their keys in, in the shapes that services give theirs: prefix, alphabet and length. Each says
 * that it is a decoy. They are put together when a run begins, so that nothing of such a shape lies in the repository.
 */
export const TOKEN_SHAPES: Readonly<Record<string, (mark: Mark) => string>> = {
  OPENAI_API_KEY: (mark) => `${'sk'}-proj-decoy${filled(mark(), 48)}`,
  ANTHROPIC_API_KEY: (mark) => `${'sk'}-ant-api03-decoy${filled(mark(), 88)}AA`,
  AWS_ACCESS_KEY_ID: (mark) => `${'AK'}IA${mark(11).toUpperCase()}DECOY`,
  AWS_SECRET_ACCESS_KEY: (mark) => filled(`decoy${mark()}`, 40),
  GITHUB_TOKEN: (mark) => `${'gh'}p_${filled(`decoy${mark()}`, 36)}`,
  HF_TOKEN: (mark) => `${'hf'}_${filled(`decoy${mark()}`, 34)}`,
  NPM_TOKEN: (mark) => `${'np'}m_${filled(`decoy${mark()}`, 36)}`,
  SLACK_BOT_TOKEN: (mark) => `${'xo'}xb-100000000000-1000000000000-${filled(mark(19), 19)}decoy`,
  STRIPE_SECRET_KEY: (mark) => `${'sk'}_test_${filled(`decoy${mark()}`, 99)}`,
  DATABASE_URL: (mark) => `postgresql://app:decoy${mark()}@db.example.internal:5432/app`,
  HUGGINGFACEHUB_API_TOKEN: (mark) => `${'hf'}_${filled(`decoy${mark()}`, 34)}`,
  GEMINI_API_KEY: (mark) => `${'AI'}zaSy${filled(`decoy${mark()}`, 33)}`,
  AZURE_CLIENT_SECRET: (mark) => filled(`decoy~8Q${mark()}`, 40),
  WANDB_API_KEY: (mark) => filled(`${mark(32)}decoy`, 40),
};
