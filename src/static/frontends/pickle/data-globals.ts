/**
 * The globals that pickles of data refer to: classes whose objects only hold values, and the functions that rebuild them. Whatever a
 * pickle makes of them and gives to them, no more than values come out. Patterns over `module name`: `*` stands for one part of a module
 * or any rest of a name, `**` for any parts of a module, `^` for the rest of a name that begins as a class does (`Tree`, `_Tree`).
 * Functions are named one by one, since libraries have functions that load, run and fetch beside those that compute.
 */
const DATA_GLOBALS = `
builtins object int float complex bool str bytes bytearray list tuple dict set frozenset range slice Ellipsis NotImplemented type NoneType
builtins long unicode basestring xrange unichr memoryview property staticmethod classmethod len abs min max sum sorted reversed enumerate zip
builtins *Error *Exception *Warning StopIteration KeyboardInterrupt GeneratorExit
copyreg _reconstructor __newobj__ __newobj_ex__
_codecs encode
array array _array_reconstructor
collections OrderedDict defaultdict Counter deque ChainMap UserDict UserList UserString
_collections OrderedDict defaultdict deque
datetime date datetime time timedelta timezone
zoneinfo ZoneInfo ZoneInfo._unpickle
dateutil.tz.tz tzutc tzlocal tzoffset tzfile
pytz _p _UTC utc
decimal Decimal Context
_decimal Decimal
fractions Fraction
uuid UUID SafeUUID
random Random
string Template
time struct_time
types SimpleNamespace MappingProxyType GenericAlias
enum Enum IntEnum Flag IntFlag StrEnum
functools partial
operator itemgetter
io BytesIO StringIO
_io BytesIO StringIO
itertools count cycle repeat chain product zip_longest
pathlib Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath
pathlib._local Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath
ipaddress IPv4Address IPv6Address IPv4Network IPv6Network
argparse Namespace
logging Logger getLogger
re _compile
threading Lock RLock
queue Queue
weakref WeakKeyDictionary WeakValueDictionary WeakSet
typing ^
dataclasses _MISSING_TYPE Field
http.cookiejar Cookie DefaultCookiePolicy
email.message Message EmailMessage
xml.etree.ElementTree Element ElementTree
urllib.parse ParseResult SplitResult
numpy dtype ndarray bool bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 intc intp uintp float16 float32 float64 float128 longdouble
numpy complex64 complex128 str_ bytes_ object_ void datetime64 timedelta64 generic number integer floating matrix recarray record chararray
numpy abs absolute add ceil clip cos cosh cumsum degrees diff divide dot exp exp2 expm1 floor log log10 log1p log2 maximum mean median
numpy minimum multiply negative nan_to_num nanmax nanmean nanmedian nanmin nanstd nansum negative power prod radians ravel reciprocal
numpy reshape rint round sign sin sinh sqrt square std subtract sum tan tanh tanh transpose var zeros ones zeros_like ones_like array asarray
numpy.core.multiarray _reconstruct scalar array
numpy._core.multiarray _reconstruct scalar array
numpy.core.numeric _frombuffer
numpy._core.numeric _frombuffer
numpy.core._internal _convert_to_stringdtype_kwargs _reconstruct
numpy._core._internal _convert_to_stringdtype_kwargs
numpy.core._multiarray_umath _reconstruct _ufunc_reconstruct
numpy.core umath _ufunc_reconstruct _ufunc_reduce
numpy._core _ufunc_reconstruct
numpy.dtypes ^
numpy.ma MaskedArray
numpy.ma.core MaskedArray _mareconstruct MaskedConstant
numpy.matrixlib.defmatrix matrix
numpy.rec recarray record
numpy.polynomial.** ^
numpy.random mtrand
numpy.random.mtrand RandomState
numpy.random._generator Generator
numpy.random._mt19937 MT19937
numpy.random._pcg64 PCG64 PCG64DXSM
numpy.random._philox Philox
numpy.random._sfc64 SFC64
numpy.random._pickle __bit_generator_ctor __generator_ctor __randomstate_ctor
numpy.random bit_generator
numpy.random.bit_generator SeedSequence __pyx_unpickle_SeedSequence
joblib.numpy_pickle NumpyArrayWrapper NDArrayWrapper ZNDArrayWrapper
sklearn.** ^
sklearn.** newObj
sklearn.utils Bunch
sklearn.metrics.** ^
scipy.sparse.** ^
scipy.sparse.** csr_matrix csc_matrix coo_matrix lil_matrix dok_matrix dia_matrix bsr_matrix csr_array csc_array coo_array lil_array dok_array
scipy.stats.** ^
scipy.stats._distn_infrastructure rv_frozen rv_continuous_frozen rv_discrete_frozen rv_sample
scipy.stats._continuous_distns *_gen
scipy.stats._discrete_distns *_gen
scipy.interpolate.** ^
scipy.interpolate.** interp1d interp2d
scipy.spatial.** ^
scipy.spatial._ckdtree cKDTree
scipy.special._ufuncs expit logit
scipy.optimize.** ^
pandas DataFrame Series Index MultiIndex RangeIndex DatetimeIndex TimedeltaIndex PeriodIndex IntervalIndex CategoricalIndex Categorical
pandas CategoricalDtype PeriodDtype IntervalDtype DatetimeTZDtype StringDtype *Dtype NA NaT Timestamp Timedelta Period Interval
pandas.arrays *Array
pandas._libs.arrays __pyx_unpickle_NDArrayBacked
pandas._libs.internals _unpickle_block
pandas._libs.interval Interval __pyx_unpickle_Interval
pandas._libs.missing NA NAType
pandas._libs.tslibs.timestamps _unpickle_timestamp Timestamp
pandas._libs.tslibs.timedeltas _timedelta_unpickle Timedelta
pandas._libs.tslibs.period _unpickle_period Period
pandas._libs.tslibs.nattype _nat_unpickle NaTType
pandas._libs.tslibs.offsets ^
pandas._libs.tslibs.** __pyx_unpickle_*
pandas.core.frame DataFrame
pandas.core.series Series
pandas.core.indexes.** ^ *Index
pandas.core.indexes.base _new_Index
pandas.core.indexes.datetimes _new_DatetimeIndex
pandas.core.indexes.period _new_PeriodIndex
pandas.core.indexes.timedeltas _new_TimedeltaIndex
pandas.core.indexes.interval _new_IntervalIndex
pandas.core.internals.** ^
pandas.core.internals.blocks new_block
pandas.core.arrays.** ^
pandas.core.dtypes.** ^
pandas.tseries.offsets ^
xgboost.core Booster
xgboost.sklearn XGB*
lightgbm.basic Booster
lightgbm.sklearn LGBM*
catboost.core CatBoost*
imblearn.** ^
statsmodels.** ^
networkx.classes.** ^
gym.spaces.** ^
gymnasium.spaces.** ^
gymnasium.envs.registration EnvSpec
stable_baselines3.common.buffers ^
stable_baselines3.common.running_mean_std RunningMeanStd
stable_baselines3.common.vec_env.vec_normalize VecNormalize
stable_baselines3.common.torch_layers ^
stable_baselines3.common.distributions ^
stable_baselines3.common.noise ^
stable_baselines3.common.type_aliases ^
stable_baselines3.common.policies ^
stable_baselines3.common.utils FloatSchedule LinearSchedule ConstantSchedule
torch Size device dtype layout Tensor Generator float16 float32 float64 bfloat16 half float double int8 int16 int32 int64 uint8 short int
torch long bool complex64 complex128 qint8 quint8 qint32 strided sparse_coo sparse_csr contiguous_format preserve_format channels_last
torch per_tensor_affine per_channel_affine *Storage float8_e4m3fn float8_e5m2
torch.** *Storage
torch.serialization _get_layout
torch._tensor Tensor _rebuild_from_type_v2
torch._utils _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor
torch._utils _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_nested_tensor _rebuild_meta_tensor_no_storage
torch._utils _rebuild_wrapper_subclass _rebuild_device_tensor_from_numpy _rebuild_device_tensor_from_cpu_tensor _rebuild_xla_tensor
torch.nn.parameter Parameter Buffer UninitializedParameter UninitializedBuffer
torch.nn Parameter Module
torch.nn.modules.** ^
torch.nn.functional relu gelu silu softmax tanh sigmoid leaky_relu elu selu mish
torch.nn.parallel.data_parallel DataParallel
torch.optim.** ^
torch.distributions.** ^
torch.jit._pickle build_intlist build_tensorlist build_doublelist build_boollist build_tensor_from_id restore_type_tag
torch.ao.quantization.** ^
torch.storage UntypedStorage TypedStorage _load_from_bytes
__torch__ *
__torch__.** *
torchvision.models.** ^
torchvision.ops.** ^
torchvision.transforms.** ^
transformers.training_args TrainingArguments OptimizerNames ParallelMode
transformers.training_args_seq2seq Seq2SeqTrainingArguments
transformers.trainer_utils ^
transformers.trainer_pt_utils AcceleratorConfig
transformers.models.** ^
transformers.tokenization_utils_base BatchEncoding
transformers.modeling_outputs ^
transformers.activations gelu_new quick_gelu
accelerate.** *Plugin *Config *State DistributedType
tokenizers AddedToken Tokenizer
tokenizers.** ^
omegaconf.** ^
omegaconf.nodes AnyNode
yacs.config CfgNode
easydict EasyDict
addict.addict Dict
ml_collections.config_dict.config_dict ConfigDict FrozenConfigDict
PIL.Image Image
jaxlib.xla_extension *Array
jax._src.array _reconstruct_array
flax.core.frozen_dict FrozenDict
nltk.tokenize.punkt ^
nltk.tag.perceptron ^
nltk.tag.sequential ^
nltk.probability ^
nltk.classify.naivebayes ^
nltk.tree.** ^
gensim.models.** ^
gensim.corpora.dictionary Dictionary
`;

/** A name that begins as a class's does: libraries that keep to PEP 8 name no function so. */
const CLASS_NAME = /^_?[A-Z][A-Za-z]*\w*$/;

/** Classes that open files, addresses or programs, or unpickle, when they are made. */
const EXCEPT =
  /(?:File|Process|Server|Client|Thread|Popen|Command|Runner|Loader|Downloader|Installer|Extension|Importer|Shell|Unpickler|DataSource|Agent|Index|Retriever)$/;

interface Entry {
  readonly isModule: (module: string) => boolean;
  readonly isName: (name: string) => boolean;
}

function moduleTest(pattern: string): (module: string) => boolean {
  if (!pattern.includes('*')) return (module) => module === pattern;
  const stem = pattern.replace(/\.\*\*$/, '');
  return (module) => module === stem || module.startsWith(`${stem}.`);
}

function nameTest(pattern: string): (name: string) => boolean {
  if (pattern === '^') return (name) => CLASS_NAME.test(name) && !EXCEPT.test(name);
  const star = pattern.indexOf('*');
  if (star < 0) return (name) => name === pattern;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return (name) =>
    name.length >= before.length + after.length &&
    name.startsWith(before) &&
    name.endsWith(after) &&
    !name.includes('.');
}

let exact: Set<string> | undefined;
let patterns: Entry[] | undefined;

function load(): void {
  exact = new Set();
  patterns = [];
  for (const line of DATA_GLOBALS.trim().split('\n')) {
    const [module = '', ...names] = line.split(' ');
    for (const name of names)
      if (!/[*^]/.test(module + name)) exact.add(`${module} ${name}`);
      else patterns.push({ isModule: moduleTest(module), isName: nameTest(name) });
  }
}

/** Cython writes these functions for each of its classes: they take a class and a state. */
const MADE_BY_CYTHON = /^__pyx_unpickle_\w+$/;

/** True for a name that says a class. */
export function isClassName(name: string): boolean {
  return CLASS_NAME.test(name);
}

/** True for a global of a pickle that only holds or rebuilds values. */
export function isDataGlobal(module: string, name: string): boolean {
  if (exact === undefined) load();
  return (
    exact!.has(`${module} ${name}`) ||
    MADE_BY_CYTHON.test(name) ||
    patterns!.some(({ isModule, isName }) => isModule(module) && isName(name))
  );
}
