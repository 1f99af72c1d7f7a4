import { builtinModules } from 'node:module';

/** Top-level modules of CPython 3.9 to 3.14 together (`sys.stdlib_module_names`, and for 3.9 and 3.14 their documentation's index). */
const PYTHON_3 =
  '__future__ __main__ abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb ' +
  'binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys ' +
  'compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime ' +
  'dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch ' +
  'formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http ' +
  'idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox ' +
  'mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers ' +
  'opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix ' +
  'posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib ' +
  'resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket ' +
  'socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau ' +
  'symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading time timeit ' +
  'tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu ' +
  'uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo';

/** Modules that Python 2 had under other names: code for both still tries them. */
const PYTHON_2 =
  'BaseHTTPServer CGIHTTPServer ConfigParser Cookie cookielib copy_reg cPickle cStringIO Dialog dummy_thread exceptions FileDialog ' +
  'HTMLParser htmlentitydefs httplib md5 Queue robotparser ScrolledText sets sha SimpleHTTPServer SimpleXMLRPCServer SocketServer ' +
  'StringIO thread Tix tkFileDialog Tkinter tkMessageBox tkSimpleDialog ttk urllib2 urlparse UserDict UserList UserString xmlrpclib ' +
  '__builtin__ commands dircache mimetools rfc822 sgmllib';

const PYTHON: ReadonlySet<string> = new Set(`${PYTHON_3} ${PYTHON_2}`.split(' '));
const NODE: ReadonlySet<string> = new Set(builtinModules);

/** Whether the interpreter itself brings a Python module. @param name the first part of the module's name */
export function isPythonStandard(name: string): boolean {
  // Names that begin so are the interpreter's inner parts; nothing on an index is meant.
  return name.startsWith('_') || PYTHON.has(name);
}

/** Whether Node itself brings a module. @param specifier without `node:` */
export function isNodeStandard(specifier: string): boolean {
  return NODE.has(specifier) || NODE.has(specifier.split('/')[0] ?? '');
}
