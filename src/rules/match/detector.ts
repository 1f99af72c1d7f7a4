import { type CompiledMatcher, matchAt, NO_MATCHES } from './match.ts';

/** What a built-in check found under a name. */
export function compileDetector(matcher: { readonly name: string }): CompiledMatcher {
  return (file) =>
    file.detections.get(matcher.name)?.map((detection) =>
      matchAt(detection.layer, detection.span, {
        name: detection.name,
        detail: detection.detail,
        text: detection.detail,
      }),
    ) ?? NO_MATCHES;
}
