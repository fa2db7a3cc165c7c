/** kubectl create service clusterip|nodeport|loadbalancer|externalname. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_service.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Call, Command, Flag, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

const PORT_RANGE = 'must be between 1 and 65535, inclusive';

function portOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** What is wrong with the name of a port, in the words of IsValidPortName. */
function portNameProblems(name: string): string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [name.length > 15, 'must be no more than 15 characters'],
    [!/^[-a-z0-9]+$/.test(name), 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    [!/[a-z]/.test(name), 'must contain at least one letter (a-z)'],
    [name.includes('--'), 'must not contain consecutive hyphens'],
    [/^-|-$/.test(name), 'must not begin or end with a hyphen'],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, message]) => message);
}

function targetOf(text: string): number | string {
  if (!/^\d+$/.test(text)) {
    const problems = portNameProblems(text);
    if (problems.length > 0) throw new KubectlError(problems.join(','));
    return text;
  }
  const port = Number(text);
  if (port < 1 || port > 65535) throw new KubectlError(PORT_RANGE);
  return port;
}

function servicePort(spec: string, nodePort: number): unknown {
  const [first = '', second] = spec.split(':');
  const port = portOf(first);
  return {
    name: spec.replaceAll(':', '-'),
    port,
    targetPort: second === undefined ? port : targetOf(second),
    protocol: 'TCP',
    ...(nodePort > 0 ? { nodePort } : {}),
  };
}

function validate(type: string, tcp: readonly string[], clusterIP: string): void {
  if (clusterIP === 'None' && type !== 'ClusterIP') {
    throw new KubectlError('ClusterIP=None can only be used with ClusterIP service type');
  }
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName') {
    throw new KubectlError('at least one tcp port specifier must be provided');
  }
}

function runType(call: Call, type: string): Turn {
  const name = nameArgument(call);
  const tcp = call.flags.list('tcp');
  const clusterIP = call.flags.text('clusterip');
  validate(type, tcp, clusterIP);
  const labels = { app: name };
  const ports = tcp.map((spec) => servicePort(spec, call.flags.int('node-port')));
  const externalName = call.flags.text('external-name');
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: {
      ...(clusterIP ? { clusterIP } : {}),
      ...(externalName ? { externalName } : {}),
      ...(ports.length > 0 ? { ports } : {}),
      selector: labels,
      type,
    },
    status: { loadBalancer: {} },
  };
  createGenerated(call, service, `failed to create ${type} service: `);
  return undefined;
}

function ofType(word: string, type: string, flags: readonly Flag[]): Command {
  return {
    path: `create service ${word}`,
    use: `create service ${word} NAME [--tcp=port:targetPort]`,
    flags: [...CREATE_FLAGS, flag.strings('tcp'), ...flags],
    run: (call) => runType(call, type),
  };
}

/** The types of `kubectl create service`. */
export const CREATE_SERVICES: readonly Command[] = [
  ofType('clusterip', 'ClusterIP', [flag.text('clusterip')]),
  ofType('nodeport', 'NodePort', [flag.int('node-port')]),
  ofType('loadbalancer', 'LoadBalancer', []),
  ofType('externalname', 'ExternalName', [flag.required(flag.text('external-name'))]),
];
