/**
 * The authorizer of admission expressions: a question is put together piece by piece (`authorizer.group('apps').resource('deployments')`), and
 * `check` asks it. Follows apiserver/pkg/cel/library/authz.go in its words. Selectors are taken and not looked at.
 */
import { isDns1123Label, isDns1123Subdomain } from '../validation/names';
import type { CelFunction } from './functions';
import { CelError, CelObject, isText } from './values';

/** What is asked; without a service account, of whoever made the request. */
export interface AccessQuestion {
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Whether somebody may do something, and why. */
export type AccessDecision = { readonly allowed: boolean; readonly reason: string };

/** Decides a question for a verb. */
export type Decide = (question: AccessQuestion, verb: string) => AccessDecision;

const PREFIX = 'kubernetes.authorization.';
/** As in Kubernetes, whose authorizers may have to ask others. */
const CHECK_COST = 350_000;

interface Parts {
  readonly decide: Decide;
  readonly question: AccessQuestion;
}

const objectOf = (type: string, parts: Parts | AccessDecision): CelObject =>
  new CelObject(PREFIX + type, JSON.stringify('question' in parts ? parts.question : parts), parts);

/** What expressions name `authorizer`. */
export function authorizerValue(decide: Decide, requestResource: AccessQuestion): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['', objectOf('Authorizer', { decide, question: {} })],
    ['requestResource', objectOf('ResourceCheck', { decide, question: requestResource })],
  ]);
}

function partsOf(value: unknown, type: string): Parts | undefined {
  const one = value instanceof Map ? value.get('') : value;
  return one instanceof CelObject && one.type === PREFIX + type ? (one.parts as Parts) : undefined;
}

/** A method that adds to a question. */
const adding =
  (from: string, to: string, add: (...texts: string[]) => Partial<AccessQuestion>): CelFunction =>
  ([receiver, ...texts]) => {
    const parts = partsOf(receiver, from);
    if (!parts || texts.length !== add.length || !texts.every(isText)) return undefined;
    return objectOf(to, { ...parts, question: { ...parts.question, ...add(...texts) } });
  };

function filled(text: string, what: string): string {
  if (text.trim() === '') throw new CelError(`${what} must not be empty`);
  return text;
}

function accountOf(namespace: string, name: string): Partial<AccessQuestion> {
  if (isDns1123Subdomain(name).length > 0) throw new CelError('Invalid service account name');
  if (isDns1123Label(namespace).length > 0) throw new CelError('Invalid service account namespace');
  return { serviceAccount: { namespace, name } };
}

const check: CelFunction = ([receiver, verb], spend) => {
  const parts = partsOf(receiver, 'ResourceCheck') ?? partsOf(receiver, 'PathCheck');
  if (!parts || !isText(verb)) return undefined;
  spend(CHECK_COST);
  return objectOf('Decision', parts.decide(parts.question, verb));
};

const told =
  (tell: (decision: AccessDecision) => unknown): CelFunction =>
  ([receiver]) =>
    receiver instanceof CelObject && receiver.type === `${PREFIX}Decision`
      ? tell(receiver.parts as AccessDecision)
      : undefined;

/** The methods, for expressions that have an authorizer. */
export const AUTHORIZER_FUNCTIONS: Readonly<Record<string, CelFunction>> = {
  '.path': adding('Authorizer', 'PathCheck', (path) => ({ path: filled(path, 'path') })),
  '.group': adding('Authorizer', 'GroupCheck', (group) => ({ group })),
  '.serviceAccount': adding('Authorizer', 'Authorizer', (namespace, name) => accountOf(namespace, name)),
  '.resource': adding('GroupCheck', 'ResourceCheck', (resource) => ({ resource: filled(resource, 'resource') })),
  '.subresource': adding('ResourceCheck', 'ResourceCheck', (subresource) => ({ subresource })),
  '.namespace': adding('ResourceCheck', 'ResourceCheck', (namespace) => ({ namespace })),
  '.name': adding('ResourceCheck', 'ResourceCheck', (name) => ({ name })),
  '.fieldSelector': adding('ResourceCheck', 'ResourceCheck', (_selector) => ({})),
  '.labelSelector': adding('ResourceCheck', 'ResourceCheck', (_selector) => ({})),
  '.check': check,
  '.allowed': told(({ allowed }) => allowed),
  '.reason': told(({ reason }) => reason),
  '.errored': told(() => false),
  '.error': told(() => ''),
};
