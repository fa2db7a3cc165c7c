/** Cluster IPs and node ports, as Services come, change and go. */
import { describe, expect, test } from 'vitest';
import { bareWorld, refusedCreate, refusedUpdate, stored } from '../../../testing/refusal';
import type { World } from '../../../testing/world';
import type { Service, ServiceSpec } from '../types';

function service(name: string, spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: ${spec}`;
}

function changed(world: World, before: Service, change: Partial<ServiceSpec>): ServiceSpec {
  return world.client.update({ ...before, spec: { ...before.spec, ...change } }).spec;
}

const PORTS = 'ports: [{port: 80}]';
const OUTSIDE = 'provided port is not in the valid range. The range of valid ports is 30000-32767';

describe('at creation', () => {
  test('addresses differ and lie in the upper band of the range', () => {
    const world = bareWorld();
    const ips = ['a', 'b', 'c'].map((name) => stored<Service>(world, service(name, `{${PORTS}}`)).spec.clusterIP!);
    expect(new Set(ips).size).toBe(3);
    for (const ip of ips) expect(ip).toMatch(/^10\.(9[6-9]|10\d|11[01])\.\d+\.\d+$/);
    expect(ips.some((ip) => ip.startsWith('10.96.0.'))).toBe(false);
  });

  test('the same seed gives the same addresses', () => {
    const draw = () => stored<Service>(bareWorld(), service('a', `{type: NodePort, ${PORTS}}`)).spec;
    expect(draw()).toEqual(draw());
  });

  test('a node port is drawn for each port, one for the same port over two protocols', () => {
    const ports = '[{name: a, port: 53}, {name: b, port: 53, protocol: UDP}, {name: c, port: 80}]';
    const { spec } = stored<Service>(bareWorld(), service('dns', `{type: NodePort, ports: ${ports}}`));
    const [a, b, c] = spec.ports!.map((port) => port.nodePort!);
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    for (const nodePort of [a!, c!]) expect(nodePort).toBeGreaterThanOrEqual(30086);
    expect(spec.externalTrafficPolicy).toBe('Cluster');
  });

  test('headless Services and external names get no address', () => {
    const world = bareWorld();
    const headless = stored<Service>(world, service('h', `{clusterIP: None, selector: {a: b}, ${PORTS}}`)).spec;
    expect([headless.clusterIP, headless.clusterIPs, headless.ipFamilies]).toEqual(['None', ['None'], ['IPv4']]);
    const free = stored<Service>(world, service('f', `{clusterIP: None, ${PORTS}}`)).spec;
    expect([free.ipFamilyPolicy, free.ipFamilies]).toEqual(['RequireDualStack', ['IPv4', 'IPv6']]);
    const external = stored<Service>(world, service('e', '{type: ExternalName, externalName: a.example.com}')).spec;
    expect(external).toEqual({ type: 'ExternalName', externalName: 'a.example.com', sessionAffinity: 'None' });
  });

  test('a health check port is drawn when only local Pods may answer', () => {
    const spec = `{type: LoadBalancer, externalTrafficPolicy: Local, ${PORTS}}`;
    const balanced = stored<Service>(bareWorld(), service('lb', spec)).spec;
    expect(balanced.healthCheckNodePort).toBeGreaterThanOrEqual(30000);
    expect(balanced.healthCheckNodePort).not.toBe(balanced.ports![0]!.nodePort);
  });

  test.each<[string, string[]]>([
    ['{type: NodePort, ports: [{port: 80, nodePort: 80}]}', [`spec.ports[0].nodePort: Invalid value: 80: ${OUTSIDE}`]],
    [
      '{type: NodePort, ports: [{name: a, port: 80, nodePort: 30082}, {name: b, port: 81, nodePort: 30081}, {name: c, port: 82, nodePort: 30081}]}',
      ['spec.ports[2].nodePort: Invalid value: 30081: provided port is already allocated'],
    ],
    [
      '{type: NodePort, ports: [{port: 80, nodePort: 30001}]}',
      ['spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated'],
    ],
    [
      `{clusterIP: 10.96.0.20, ${PORTS}}`,
      [
        'spec.clusterIPs: Invalid value: ["10.96.0.20"]: failed to allocate IP 10.96.0.20: provided IP is already allocated',
      ],
    ],
    [
      `{clusterIP: 192.168.1.1, ${PORTS}}`,
      [
        'spec.clusterIPs: Invalid value: ["192.168.1.1"]: failed to allocate IP 192.168.1.1: the provided network does not match the current range',
      ],
    ],
    [
      `{clusterIP: web, ${PORTS}}`,
      ['spec.clusterIPs[0]: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ],
    [
      `{clusterIP: None, type: NodePort, ${PORTS}}`,
      ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
    ],
    [
      `{ipFamilyPolicy: RequireDualStack, ${PORTS}}`,
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ],
    ],
    [`{ipFamilies: [IPv6], ${PORTS}}`, ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster']],
    [
      '{type: Nodeport, ports: [{port: 80}]}',
      [
        'spec.type: Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      '{ports: [{name: a, port: 80}, {name: b, port: 80, targetPort: 81}]}',
      [
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ],
    ],
    ['{selector: {a: b}}', ['spec.ports: Required value']],
  ])('%s is refused', (spec, complaints) => {
    const first = service('first', '{type: NodePort, clusterIP: 10.96.0.20, ports: [{port: 80, nodePort: 30001}]}');
    expect(refusedCreate(bareWorld(first), service('second', spec))).toEqual(complaints);
  });
});

describe('at an update', () => {
  test('who applies the same manifest again keeps what was allocated', () => {
    const world = bareWorld();
    const before = stored<Service>(world, service('a', `{type: NodePort, ${PORTS}}`));
    const again = changed(world, { ...before, spec: { type: 'NodePort', ports: [{ port: 80 }] } }, {});
    expect(again).toEqual(before.spec);
  });

  test('a node port comes and goes with the type', () => {
    const world = bareWorld();
    const before = stored<Service>(world, service('a', `{${PORTS}}`));
    const exposed = changed(world, before, { type: 'NodePort' });
    expect(exposed.ports![0]!.nodePort).toBeGreaterThanOrEqual(30000);
    const current = world.get<Service>('Service', 'default', 'a');
    const hidden = changed(world, current, { type: 'ClusterIP' });
    expect([hidden.ports![0]!.nodePort, hidden.externalTrafficPolicy, hidden.clusterIP]).toEqual([
      undefined,
      undefined,
      before.spec.clusterIP,
    ]);
  });

  test('as an external name a Service gives its address back', () => {
    const world = bareWorld();
    const before = stored<Service>(world, service('a', `{clusterIP: 10.96.0.20, ${PORTS}}`));
    const spec = changed(world, before, { type: 'ExternalName', externalName: 'a.example.com' });
    expect([spec.clusterIP, spec.clusterIPs, spec.ipFamilies, spec.ipFamilyPolicy]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(stored<Service>(world, service('b', `{clusterIP: 10.96.0.20, ${PORTS}}`)).spec.clusterIP).toBe('10.96.0.20');
  });

  test('the address itself may not change', () => {
    const world = bareWorld();
    const before = stored<Service>(world, service('a', `{clusterIP: 10.96.0.20, ${PORTS}}`));
    expect(refusedUpdate(world, { ...before, spec: { ...before.spec, clusterIP: 'None' } })).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ]);
  });
});
