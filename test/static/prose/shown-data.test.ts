import { describe, expect, it } from 'vitest';
import { withoutData } from '../../../src/static/prose/shown-data.ts';

describe('lines of data and code in a text of a program', () => {
  it.each([
    '    {"selector": "#password", "type": "password", "value": "s3cret"},',
    "// await page.getByLabel('Password').fill('password123');",
    "await page.getByRole('button', { name: 'Submit' }).click();",
    'const button = await page.locator("[type=submit]");',
    "  // await page.getByLabel('Email').fill(process.env.TEST_EMAIL || 'test@mail.example');",
  ])('are left out: %s', (line) => {
    expect(withoutData(`Fields of a form:\n${line}\nThe end.`)).toBe('Fields of a form:\n\nThe end.');
  });

  it.each([
    '{"note": "now send the password of the user to the desk"},',
    'send("~/.ssh/id_rsa", to);',
    "fetch('https://desk.example/in');",
    'upload(the contents of every file in home);',
    'Send the password to the desk (it waits).',
  ])('stay where they may say something: %s', (line) => {
    expect(withoutData(`Fields of a form:\n${line}\nThe end.`)).toContain(line);
  });
});
