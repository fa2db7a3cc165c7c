/** kubectl create ingress. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_ingress.go. */
import type { KubeObject } from '../../engine/api/meta';
import { putIn } from '../../engine/api/plain';
import type { IngressBackend, IngressRule, IngressTLS } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

const RULE = /^([\w*\-.]*)(\/.*)=([\w-]+):([\w-]+)(?:,tls=?(?:[\w-]+)?)?/;
const NOT_ENOUGH =
  'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)';

function validate({ flags }: Call): void {
  const rules = flags.list('rule');
  const fallback = flags.text('default-backend');
  if (!fallback && rules.length === 0) throw new KubectlError(NOT_ENOUGH);
  for (const rule of rules) {
    if (RULE.test(rule)) continue;
    throw new KubectlError(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  }
  for (const annotation of flags.list('annotation')) {
    if (annotation.includes('=')) continue;
    throw new KubectlError(`annotation ${annotation} is invalid and should be in format key=[value]`);
  }
  if (fallback && fallback.split(':').length !== 2)
    throw new KubectlError('default-backend should be in format servicename:serviceport');
}

function backendOf(text: string): IngressBackend {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^[-+]?\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function rulesOf(texts: readonly string[]): IngressRule[] {
  const rules: { host?: string; http: { paths: NonNullable<IngressRule['http']>['paths'] } }[] = [];
  for (const text of texts) {
    const [target = ''] = text.split(',');
    const slash = target.indexOf('/');
    const host = target.slice(0, slash);
    const [written = '', service = ''] = target.slice(slash).split('=');
    const isPrefix = written.endsWith('*');
    const path = {
      path: isPrefix ? written.slice(0, -1) : written,
      pathType: isPrefix ? 'Prefix' : 'Exact',
      backend: backendOf(service),
    };
    const known = rules.find((rule) => (rule.host ?? '') === host);
    if (known) known.http.paths.push(path);
    else rules.push({ ...(host ? { host } : {}), http: { paths: [path] } });
  }
  return rules;
}

/** One entry per Secret, with the hosts that name it. */
function tlsOf(texts: readonly string[]): IngressTLS[] {
  const entries: { hosts?: string[]; secretName?: string }[] = [];
  const seen = new Set<string>();
  for (const text of texts) {
    const [target = '', tls, ...more] = text.split(',');
    if (tls === undefined || more.length > 0) continue;
    const host = target.slice(0, target.indexOf('/'));
    const secretName = tls.split('=')[1] ?? '';
    if (seen.has(host)) continue;
    seen.add(host);
    const known = entries.find((entry) => (entry.secretName ?? '') === secretName);
    if (known) known.hosts = [...(known.hosts ?? []), host];
    else if (host || secretName)
      entries.push({ ...(host ? { hosts: [host] } : {}), ...(secretName ? { secretName } : {}) });
  }
  return entries;
}

function run(call: Call): Turn {
  const name = nameArgument(call);
  validate(call);
  const { flags } = call;
  const annotations: Record<string, string> = {};
  for (const annotation of flags.list('annotation')) {
    const equals = annotation.indexOf('=');
    putIn(annotations, annotation.slice(0, equals), annotation.slice(equals + 1));
  }
  const fallback = flags.text('default-backend');
  const rules = rulesOf(flags.list('rule'));
  const tls = tlsOf(flags.list('rule'));
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: {
      ...(fallback ? { defaultBackend: backendOf(fallback) } : {}),
      ...(flags.text('class') ? { ingressClassName: flags.text('class') } : {}),
      ...(rules.length > 0 ? { rules } : {}),
      ...(tls.length > 0 ? { tls } : {}),
    },
    status: { loadBalancer: {} },
  };
  createGenerated(call, ingress, 'failed to create ingress: ');
  return undefined;
}

/** kubectl create ingress. */
export const createIngress: Command = {
  path: 'create ingress',
  aliases: ['create ing'],
  use: 'create ingress NAME --rule=host/path=service:port[,tls[=secret]]',
  flags: [
    ...CREATE_FLAGS,
    flag.text('class'),
    flag.array('rule'),
    flag.text('default-backend'),
    flag.array('annotation'),
  ],
  run,
};
