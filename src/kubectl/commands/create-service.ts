/** kubectl create service clusterip|nodeport|loadbalancer|externalname. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_service.go. */
import type { KubeObject } from '../../engine/api/meta';
import { isDns1123Subdomain, isPortName, isPortNumber } from '../../engine/api/validation/names';
import type { Call, Command, Flag, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

function portOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (Number(text) > 65_535)
    throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return Number(text);
}

function targetOf(text: string): number | string {
  if (!/^\d+$/.test(text)) {
    const problems = isPortName(text);
    if (problems.length > 0) throw new KubectlError(problems.join(','));
    return text;
  }
  const port = Number(text);
  const [problem] = isPortNumber(port);
  if (problem) throw new KubectlError(problem);
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
  const externalName = call.flags.text('external-name');
  if (type === 'ExternalName' && isDns1123Subdomain(externalName).length > 0) {
    throw new KubectlError(`invalid service external name ${externalName}`);
  }
  const labels = { app: name };
  const ports = tcp.map((spec) => servicePort(spec, call.flags.int('node-port')));
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
