import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/deps/inventory/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import { openTarget } from '../../src/target/open.ts';
import { isIndexUnknown } from './backends.ts';
import { sdistOf } from './sdists.ts';

/** Built with setuptools (setup.py, setup.cfg, pyproject, lists in files of their own), Flit, Hatch, Poetry, PDM and Maturin. */
const PROJECTS: readonly (readonly [name: string, version: string, sha256: string])[] = [
  ['requests', '2.34.2', 'f288924cae4e29463698d6d60bc6a4da69c89185ad1e0bcc4104f584e960b9ed'],
  ['boto3', '1.44.5', '667b344e25d2bcbb7c42fcf6b92a07bb1d73ee9d6d12c3a7873ec4c490b6fb64'],
  ['celery', '5.7.0', '6a5dfcf6662287204f009a02002b9e66c83d4105e47ebabdc7079108772fc6f0'],
  ['datasets', '5.2.0', 'f4290d4704dfbc99631a578b56912d66b22def53d3f61d246f6ccc129675490e'],
  ['stable-baselines3', '2.9.2', '8af267e9513343f481b3f0680b7740ad79a746873db24f18a9fb2edcbd9a2df7'],
  ['gym', '0.26.2', 'e0d882f4b54f0c65f203104c24ab8a38b039f1289986803c7d02cdbe214fbcc4'],
  ['cookiecutter', '2.7.1', 'ca7bb7bc8c6ff441fbf53921b5537668000e38d56e28d763a1b73975c66c6138'],
  ['ansible-core', '2.21.5', '65bb3148c58ebb843cd5074004c805f404f152114d98476dd823324616c9c6cb'],
  ['gymnasium', '1.4.0', '9754f630a32abfdbb76386abe1bc1e706c982db2d62dfa119c9952eb2de7697d'],
  ['minigrid', '3.2.0', '754c3964179896eb19c77d9d498368fc2e6096002ceaeab66e18244e8e6c88f7'],
  ['pettingzoo', '1.27.0', 'd61210fff2ba59f54e191796dc8b16b37d201137b28882f4c96dd7121a749033'],
  ['flask', '3.1.3', '0ef0e52b8a9cd932855379197dd8f94047b359ca0a78695144304cb45f87c9eb'],
  ['flit', '4.2.0', '4ab00f544721a241b15e634648f1bfac7268a0ec637f106ce3150939c2e2f4d9'],
  ['httpx', '0.28.1', '75e98c5f16b0f35b567856f597f06ff2270a374470a5c2392242528e3e3e42fc'],
  ['verifiers', '0.4.0', '66cbb1e2c1ff3fd2da8e4470d4468f2cf8464852cb2f6e9a123c1254d2960aab'],
  ['jupyter-client', '8.10.0', '9f7116294dca55f1785be880057d44544db9b1567718d92cb33c58886afb9497'],
  ['rich', '15.0.0', 'edd07a4824c6b40189fb7ac9bc4c52536e9780fbbfbddf6f1e2502c31b068c36'],
  ['pandas-stubs', '3.1.0.261029', 'dcfb5b14d399beae72cce558db6d2a0d89c10301275557f1c00d5393e9cb190e'],
  ['unearth', '0.19.0', 'd85a7b164833c1dc8532a590043cbd7159f6ad2b91fc3e74f2a16ff25ed098c8'],
  ['pendulum', '3.3.0', '9aceb5b24e9f55381df08187397e88546b5ba82f698b741cbf1a05c5e2369116'],
];

/** What the project's own build backend wrote down, which nothing here may read instead of the declarations. */
const WRITTEN_BY_BUILD = /(?:^|\/)PKG-INFO$|\.egg-info\//;

describe.skipIf(isIndexUnknown)('direct dependencies of published projects [needs the package index]', () => {
  it.each(PROJECTS)(
    '%s %s: all are found, and none is made up',
    async (name, version, sha256) => {
      const target = await openTarget(await sdistOf(name, version, sha256), new AbortController().signal);
      const expected = writtenByBuild(target, name);
      expect(expected.all.length).toBeGreaterThan(0);
      const files = target.files.filter(({ path }) => !WRITTEN_BY_BUILD.test(path));
      const { packages } = takeInventory({ ...target, files });
      const declared = packages.filter(
        ({ ecosystem, scope }) => ecosystem === 'PyPI' && scope !== 'mentioned',
      );
      const names = new Set(declared.map((one) => one.name));
      expect(expected.all.filter((one) => !names.has(one))).toEqual([]);
      // The manifests at the top give nothing at run time that the backend did not write down.
      const atTop = declared.filter(
        ({ scope, locations }) =>
          scope === 'runtime' &&
          locations.some(({ path }) => /^(?:[^/]+\/)?(?:pyproject\.toml|setup\.(?:py|cfg))$/.test(path)),
      );
      expect(atTop.map((one) => one.name).filter((one) => !expected.all.includes(one))).toEqual([]);
    },
    300_000,
  );
});

/** The names in `Requires-Dist` of the archive's metadata, or in setuptools' list where the metadata is too old to have them. */
function writtenByBuild(target: Target, own: string): { readonly all: string[] } {
  const textOf = (pattern: RegExp): string => {
    const file = target.files.find(({ path }) => pattern.test(path));
    return file?.content === null || file === undefined ? '' : Buffer.from(file.content).toString('utf8');
  };
  const headers = textOf(/^(?:[^/]+\/)?PKG-INFO$/).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fromMetadata = [...headers.matchAll(/^Requires-Dist: *([A-Za-z0-9._-]+)/gm)].map(
    ([, name = '']) => name,
  );
  const lists = textOf(/^[^/]+\/[^/]+\.egg-info\/requires\.txt$/);
  const fromLists = [...lists.matchAll(/^([A-Za-z0-9][A-Za-z0-9._-]*)/gm)].map(([, name = '']) => name);
  const names = (fromMetadata.length > 0 ? fromMetadata : fromLists).map((name) =>
    name.toLowerCase().replace(/[-_.]+/g, '-'),
  );
  return { all: [...new Set(names)].filter((name) => name !== own).sort() };
}
