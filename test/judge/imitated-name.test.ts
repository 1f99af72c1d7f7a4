import { describe, expect, it } from 'vitest';
import { isOneEdit } from '../../src/edit-distance.ts';
import { imitatedNamesOf, wordMeantBy } from '../../src/judge/imitated-name.ts';
import { OTHER_WORDS, SERVICES, WORDS } from '../../src/judge/known-words.ts';

function told(name: string, kind: 'skill' | 'python-package' = 'skill'): readonly string[] {
  return imitatedNamesOf([{ path: '.', kind, name, files: ['SKILL.md'] }]).map(({ message }) => message);
}

describe('names that imitate known ones', () => {
  it.each([
    'gitlba-issues',
    'slakc',
    'kubernets-helper',
    'igithub-issues',
    'metamsk-wallet',
    'calender',
    'markdwon-linter',
    'reqeusts-tools',
    'tyepscript-helper',
  ])('finds %s', (name) => {
    expect(told(name)).toHaveLength(1);
  });

  it.each([
    'gitlab-issues',
    'slack',
    'parsers-and-loggers',
    'summarizers',
    'annotation-reader',
    'stripes',
    'tailwind',
    'cli',
    'reviewing',
    'docs-searcher',
    'test-driven-development',
    'entry-point-analyzer',
    'code-analyser',
    'finance-reports',
    'network-stride',
    'imessage-reader',
    'edocument-archive',
    'content-research-writer',
    'fehlerbericht-helfer',
    'requests-log',
    'panda-facts',
    'espresso-timer',
    'mcp-server-postgrest',
    'spotipy-playlists',
  ])('leaves %s alone', (name) => {
    expect(told(name)).toEqual([]);
  });

  it('says nothing of packages, whose registries have rules of their own', () => {
    expect(told('gitlba', 'python-package')).toEqual([]);
  });

  it('says what was meant, and where', () => {
    const [finding] = imitatedNamesOf([{ path: 'a', kind: 'skill', name: 'notoin', files: ['a/SKILL.md'] }]);
    expect(finding).toMatchObject({
      ruleId: 'name-imitates',
      severity: 'medium',
      unit: 'a',
      location: { path: 'a/SKILL.md' },
    });
    expect(finding?.message).toBe('It calls itself "notoin", one letter from "notion"');
  });
});

describe('the words that names are held against', () => {
  it('are no two of them one edit apart: one would be told of as the other', () => {
    const near = WORDS.flatMap((one) =>
      WORDS.filter((other) => isOneEdit(one, other)).map((other) => [one, other]),
    );
    expect(near).toEqual([]);
  });

  it('stand there once', () => {
    const all = [...SERVICES, ...WORDS];
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  });

  it.each([...OTHER_WORDS])('%s would be told of if it were not known for an honest word', (word) => {
    expect(wordMeantBy(word)).not.toBeNull();
  });
});
