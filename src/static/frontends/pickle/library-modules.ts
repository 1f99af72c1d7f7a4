/** Modules of Python's standard library, of Python 2 and 3 (`sys.stdlib_module_names`). */
const STANDARD = new Set(
  `
__builtin__ __future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk
_codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _compat_pickle _compression _contextvars
_crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree _frozen_importlib _frozen_importlib_external
_functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 _msi _multibytecodec _multiprocessing
_opcode _operator _osx_support _overlapped _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random
_scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime
_struct _symtable _thread _threading_local _tkinter _tokenize _tracemalloc _typing _uuid _warnings _weakref _weakrefset
_winapi _zoneinfo abc aifc annotationlib argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii
bisect bsddb builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys commands
compileall compiler compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
dataclasses datetime dbm decimal difflib dis distutils dl doctest dummy_threading email encodings ensurepip enum errno
exceptions faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob
graphlib grp gzip hashlib heapq hmac html http httplib idlelib ihooks imaplib imghdr imp importlib inspect io ipaddress
itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetools mimetypes mmap
modulefinder msilib msvcrt multiprocessing netrc new nis nntplib nt ntpath nturl2path numbers opcode operator optparse os
ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib popen2 poplib posix posixpath pprint profile
pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rexec rfc822
rlcompleter runpy sched secrets select selectors sgmllib shelve shlex shutil signal site smtpd smtplib sndhdr socket
socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string string_io stringprep struct
subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap threading time timeit
tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib
urllib2 user uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport
zlib zoneinfo
`.split(/\s+/),
);

/** Libraries whose functions for data are all named in `data-globals.ts`: any other one does something else. */
const OF_DATA = new Set(
  `cupy dask dill cloudpickle fastai gensim h5py huggingface_hub imageio IPython joblib jax keras lightgbm matplotlib mlflow nltk numba numpy
onnx onnxruntime pandas pickleshare pip pkg_resources polars pyarrow pydantic pytorch_lightning ray requests safetensors scipy setuptools
sklearn spacy statsmodels tensorflow torch torchaudio torchvision transformers wheel xgboost yaml`.split(
    /\s+/,
  ),
);

/** True for a module of Python's standard library. */
export function isStandardModule(module: string): boolean {
  return STANDARD.has(module.split('.', 1)[0] ?? '');
}

/** True for a module of a library whose functions for data are known. */
export function isDataLibrary(module: string): boolean {
  return OF_DATA.has(module.split('.', 1)[0] ?? '');
}
