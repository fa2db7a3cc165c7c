/**
 * The check of a manifest before it is sent, where the server can't make it: of a v1 List, and of kinds without PATCH, whose parameters
 * kubectl finds nothing of, so that it looks among the custom kinds first. Follows NewParamVerifyingSchema in kubectl/pkg/validation/schema.go
 * and cli-runtime/pkg/resource/query_param_verifier.go. Simplification: `--validate=warn` does not say that nothing was checked.
 */
import type { KubeObject } from '../engine/api/meta';
import { StatusError } from '../engine/api/status-error';
import type { Call } from './command';
import { inOneSentence, isPlainList, listProblem } from './manifest-list';
import { modelProblems } from './model-check';
import { verbsOf } from './served-verbs';

/** Why it can't be found out whether a kind is a custom one; '' when it can. */
function withoutCustomKinds({ io }: Call): string {
  try {
    io.client.list('CustomResourceDefinition');
    return '';
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return `failed to check CRD: failed to list CRDs: ${error.message}`;
  }
}

/** What is wrong with a manifest that says what it is, in one sentence; '' for one that is sent. */
export function schemaProblem(call: Call, object: KubeObject): string {
  const { command, flags, io } = call;
  if (!command.flags.some(({ name }) => name === 'validate')) return '';
  const directive = flags.text('validate');
  if (['false', 'ignore'].includes(directive)) return '';
  const isStrict = directive !== 'warn';
  const plain = object as unknown as Record<string, unknown>;
  if (isPlainList(plain)) return isStrict ? listProblem(plain, io.documentation()) : '';
  const kind = io.client.discovery().findKind(object.apiVersion, object.kind);
  if (!kind || verbsOf(kind).includes('patch')) return '';
  const unknown = withoutCustomKinds(call);
  return unknown || !isStrict ? unknown : inOneSentence(modelProblems(plain, io.documentation()));
}
