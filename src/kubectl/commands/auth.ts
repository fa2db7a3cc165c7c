/** kubectl auth can-i and whoami. Follows staging/src/k8s.io/kubectl/pkg/cmd/auth/{cani,whoami}.go. */
import { goText } from '../../engine/api/go-text';
import type { ResourceInfo } from '../../engine/api/kinds/definition';
import type { KubeObject } from '../../engine/api/meta';
import type {
  PolicyRule,
  SelfSubjectReview,
  SelfSubjectRulesReview,
  SubjectAccessReview,
} from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { RULE_TITLES, ruleRows } from '../describe/rbac';
import { isRefusal, KubectlError } from '../errors';
import { flag, OUTPUT } from '../flag-sets';
import { findListedKind } from '../named-kind';
import { outputFormat, printResult } from '../output-format';
import { tableText } from '../printers/tab-writer';
import { namespaceOf } from '../selection';

const RESOURCE_VERBS =
  'get,list,watch,create,update,patch,delete,deletecollection,use,bind,impersonate,*,approve,sign,escalate,attest'.split(
    ',',
  );
const URL_VERBS = 'get,put,post,head,options,delete,patch,*'.split(',');
/** Resources that nobody can discover. */
const UNDISCOVERED = ['users', 'groups'];

const AUTHORIZATION = 'authorization.k8s.io/v1';

type Named = Pick<ResourceInfo, 'group' | 'plural'> & Partial<Pick<ResourceInfo, 'namespaced'>>;

function warn(call: Call, message: string): void {
  call.err(`Warning: ${message}\n`);
}

function resourceFor(call: Call, argument: string): Named {
  if (argument === '*') return { group: '', plural: '*' };
  const found = findListedKind(call, argument);
  if (found) return found;
  const lower = argument.toLowerCase();
  const [resource = '', ...group] = lower.split('.');
  if (!UNDISCOVERED.includes(lower)) {
    const where = group.length > 0 ? ` in group '${group.join('.')}'` : '';
    warn(call, `the server doesn't have a resource type '${resource}'${where}\n`);
  }
  return { group: '', plural: argument };
}

function warnOfVerb(call: Call, verb: string, known: readonly string[]): void {
  if (!known.includes(verb)) warn(call, `verb '${verb}' is not a known verb\n`);
}

/** Whether the user may see which resources there are. */
function isDiscoverable(call: Call, group: string): boolean {
  try {
    call.io.client.visit(group ? `/apis/${group}/v1` : '/api/v1');
    return true;
  } catch (error) {
    if (isRefusal(error, 'Forbidden')) return false;
    throw error;
  }
}

/** What is asked, as the attributes of a SelfSubjectAccessReview. */
function askedOf(call: Call): SubjectAccessReview['spec'] {
  const { args, flags } = call;
  const [verb = '', what = ''] = args;
  const subresource = flags.text('subresource');
  if (what.startsWith('/')) {
    if (subresource) throw new KubectlError('--subresource can not be used with NonResourceURL');
    warnOfVerb(call, verb, URL_VERBS);
    return { nonResourceAttributes: { verb, path: what } };
  }
  const slash = what.indexOf('/');
  const { group, plural, namespaced } = resourceFor(call, slash < 0 ? what : what.slice(0, slash));
  const isEverywhere = flags.bool('all-namespaces');
  if (!isEverywhere && plural !== '') {
    const where = group ? ` in group '${group}'` : '';
    if (namespaced === false && isDiscoverable(call, group))
      warn(call, `resource '${plural}' is not namespace scoped${where}\n`);
    warnOfVerb(call, verb, RESOURCE_VERBS);
  }
  const name = slash < 0 ? '' : what.slice(slash + 1);
  const namespace = isEverywhere ? '' : namespaceOf(call);
  const given = { namespace, verb, group, resource: plural, subresource, name };
  return { resourceAttributes: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) };
}

function runCanI(call: Call): Turn {
  const { args, flags } = call;
  if (flags.bool('list')) return runList(call);
  if (args.length !== 2) {
    throw new KubectlError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const spec = askedOf(call);
  if (flags.bool('no-headers')) throw new KubectlError('--no-headers cannot be set without --list specified');
  const review = { apiVersion: AUTHORIZATION, kind: 'SelfSubjectAccessReview', spec } as unknown as KubeObject;
  const { status } = call.io.client.create(review) as SubjectAccessReview;
  const reason = status.allowed || !status.reason ? '' : ` - ${status.reason}`;
  if (!flags.bool('quiet')) call.out(status.allowed ? 'yes\n' : `no${reason}\n`);
  return status.allowed ? undefined : { code: 1 };
}

function runList(call: Call): Turn {
  const { args, flags } = call;
  if (args.length > 0) throw new KubectlError('list option must be specified with no arguments');
  if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.text('subresource')) {
    throw new KubectlError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const spec = { namespace: namespaceOf(call) };
  const review = { apiVersion: AUTHORIZATION, kind: 'SelfSubjectRulesReview', spec } as unknown as KubeObject;
  const { status } = call.io.client.create(review) as SelfSubjectRulesReview;
  if (status.incomplete) warn(call, `the list may be incomplete: ${status.evaluationError ?? ''}`);
  const rules = [...status.resourceRules, ...status.nonResourceRules] as PolicyRule[];
  const rows = ruleRows(rules);
  call.out(tableText(flags.bool('no-headers') ? rows : [RULE_TITLES, ...rows]));
  return undefined;
}

function runWhoAmI(call: Call): Turn {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } as KubeObject;
  let answer: SelfSubjectReview;
  try {
    answer = call.io.client.create(review) as SelfSubjectReview;
  } catch (error) {
    if (!isRefusal(error, 'Forbidden')) throw error;
    throw new KubectlError(
      'the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it',
    );
  }
  if (outputFormat(call)) {
    printResult(call, answer, 'created');
    return undefined;
  }
  const { username = '', uid, groups, extra = {} } = answer.status.userInfo ?? {};
  const rows = [['ATTRIBUTE', 'VALUE']];
  if (username) rows.push(['Username', username]);
  if (uid) rows.push(['UID', uid]);
  if (groups?.length) rows.push(['Groups', goText(groups)]);
  for (const key of Object.keys(extra).sort()) rows.push([`Extra: ${key}`, goText(extra[key])]);
  call.out(tableText(rows));
  return undefined;
}

/** kubectl auth can-i. */
export const authCanI: Command = {
  path: 'auth can-i',
  use: 'auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  reads: true,
  flags: [
    flag.bool('all-namespaces', 'A'),
    flag.bool('quiet', 'q'),
    flag.text('subresource'),
    flag.bool('list'),
    flag.bool('no-headers'),
  ],
  run: runCanI,
};

/** kubectl auth whoami. */
export const authWhoAmI: Command = {
  path: 'auth whoami',
  use: 'auth whoami',
  reads: true,
  flags: OUTPUT,
  run: runWhoAmI,
};
