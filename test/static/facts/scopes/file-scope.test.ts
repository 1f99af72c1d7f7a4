import { describe, expect, it } from 'vitest';
import { isTestPath, scopeOfFile } from '../../../../src/static/facts/scopes/file-scope.ts';

describe('files that test runners run', () => {
  it.each([
    'tests/a.py',
    'src/test_a.py',
    'conftest.py',
    'src/a.spec.ts',
    'spec/a.rb',
    'gem/spec/models/user.rb',
    'features/steps/login.rb',
    'lib/user_spec.rb',
  ])('%s is one', (path) => {
    expect(isTestPath(path)).toBe(true);
  });

  // Folders of these names are test code in Ruby alone.
  it.each([
    'src/features/a.py',
    'features/x.js',
    'spec/a.py',
    'spec/run.sh',
    'spec/a.rb/b.py',
    'respec/a.rb',
    'src/latest.py',
  ])('%s is none', (path) => {
    expect(isTestPath(path)).toBe(false);
  });

  it('have the scope of tests; others run when they are imported', () => {
    expect(scopeOfFile('spec/a.rb', 'ruby')).toBe('test');
    expect(scopeOfFile('src/features/a.py', 'python')).toBe('import-time');
    expect(scopeOfFile('features/x.js', 'javascript')).toBe('import-time');
  });
});
