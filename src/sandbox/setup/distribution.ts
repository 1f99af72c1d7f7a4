import type { Package } from '../../model/dependency.ts';

/**
 * Modules whose distribution on the index has another name, most usual first. Only among what a target declares is one chosen, so
 * a name that is missing here costs a less exact message and nothing else.
 */
const DISTRIBUTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    attr: ['attrs'],
    bs4: ['beautifulsoup4'],
    box2d: ['box2d', 'box2d-py'],
    cv2: ['opencv-python', 'opencv-python-headless'],
    dateutil: ['python-dateutil'],
    dotenv: ['python-dotenv'],
    mujoco_py: ['mujoco-py'],
    pil: ['pillow'],
    pygame: ['pygame-ce', 'pygame'],
    skimage: ['scikit-image'],
    sklearn: ['scikit-learn'],
    yaml: ['pyyaml'],
  }),
);

/** The package that brings a top-level module, or null when none of these is known to. */
export function distributionFor(module: string, packages: readonly Package[]): Package | null {
  const names = DISTRIBUTIONS.get(module.toLowerCase()) ?? [module];
  return packages.find(({ name }) => names.some((each) => isSameName(each, name))) ?? null;
}

/** Whether two names of a distribution are one to the index (PEP 503); what follows the name is not looked at. */
export function isSameName(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(name: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(name)?.[0] ?? name).toLowerCase().replace(/[-_.]+/g, '-');
}
