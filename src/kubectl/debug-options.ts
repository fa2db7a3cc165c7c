/** What a command line of kubectl debug asks for, and what may not stand together. Follows staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (Validate). */
import type { Call } from './command';
import { type KeepFlags, PROFILES, type Profile } from './debug-profiles';
import { KubectlError } from './errors';
import { isImageReference } from './image-reference';

const PULL_POLICIES = ['', 'Always', 'IfNotPresent', 'Never'];

/** A command line of `debug`, read. */
export interface Wanted {
  readonly image: string;
  readonly container: string;
  readonly copyTo: string;
  readonly target: string;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly images: ReadonlyMap<string, string>;
  readonly profile: Profile;
  readonly keep: KeepFlags;
}

/** `a=b,c=d` of a flag that may be given several times. */
function pairs(given: readonly string[], name: string): [string, string][] {
  return given.map((pair) => {
    const equals = pair.indexOf('=');
    if (equals >= 0) return [pair.slice(0, equals), pair.slice(equals + 1)];
    throw new KubectlError(
      `invalid argument ${JSON.stringify(pair)} for "--${name}" flag: ${pair} must be formatted as key=value`,
    );
  });
}

/** Reads a command line of `debug`. Throws for a profile that there is not. */
export function readDebug(call: Call): Wanted {
  const { flags, args, argsBeforeDash } = call;
  const profile = PROFILES.get(flags.text('profile'));
  if (!profile) throw new KubectlError(`unknown profile: ${flags.text('profile')}`);
  return {
    image: flags.text('image'),
    container: flags.text('container'),
    copyTo: flags.text('copy-to'),
    target: flags.text('target'),
    command: args.slice(argsBeforeDash),
    env: pairs(flags.list('env'), 'env').map(([name, value]) => ({ name, value })),
    images: new Map(pairs(flags.list('set-image'), 'set-image')),
    profile,
    keep: {
      labels: flags.bool('keep-labels'),
      annotations: flags.bool('keep-annotations'),
      liveness: flags.bool('keep-liveness'),
      readiness: flags.bool('keep-readiness'),
      startup: flags.bool('keep-startup'),
      initContainers: flags.bool('keep-init-containers'),
    },
  };
}

/** What the flags of copies and of others may not say. */
function copyProblem({ flags }: Call, { image, container, copyTo, command, images }: Wanted): string | undefined {
  if (copyTo) {
    if (!image && images.size === 0 && command.length === 0) {
      return 'you must specify --image, --set-image or command arguments.';
    }
    return command.length > 0 && !container && !image
      ? 'you must specify an existing container or a new image when specifying args.'
      : undefined;
  }
  for (const name of ['replace', 'same-node']) {
    if (flags.bool(name)) return `--${name} may only be used with --copy-to.`;
  }
  if (images.size > 0) return '--set-image may only be used with --copy-to.';
  return image ? undefined : 'you must specify --image when not using --copy-to.';
}

/** Why a command line of `debug` makes no sense, if so; says what is targeted on the way. */
export function problemOf(call: Call, wanted: Wanted): string | undefined {
  const { flags, argsBeforeDash } = call;
  const { image, container, copyTo, target, images } = wanted;
  if (flags.bool('attach') && flags.given('attach') && !image && !container) {
    return 'you must specify --container or create a new container using --image in order to attach.';
  }
  const problem = copyProblem(call, wanted);
  if (problem) return problem;
  if (image && !isImageReference(image)) return `invalid image name ${JSON.stringify(image)}: invalid reference format`;
  if (argsBeforeDash === 0 && flags.list('filename').length === 0) return 'NAME or filename is required for debug';
  const policy = flags.text('image-pull-policy');
  if (!PULL_POLICIES.includes(policy)) return `invalid image pull policy: ${policy}`;
  for (const [name, each] of images) {
    if (isImageReference(each)) continue;
    return `invalid image name ${JSON.stringify(each)} for container ${JSON.stringify(name)}: invalid reference format`;
  }
  if (target && copyTo) return '--target is incompatible with --copy-to. Use --share-processes instead.';
  if (target && !flags.bool('quiet')) {
    call.out(
      `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
    );
  }
  if (flags.bool('tty') && !flags.bool('stdin')) return '-i/--stdin is required for containers with -t/--tty=true';
  return undefined;
}
