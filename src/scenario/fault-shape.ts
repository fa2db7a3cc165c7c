/** The shape of a fault in a scenario's actions. */
import { about, DURATION, integerIn, named, objectOf, TEXT, wordIn } from './shape';

/** Every fault type of the contract. */
export const FAULT_TYPES = [
  'node-crash',
  'node-partition',
  'node-shutdown',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'container-exit',
  'oom-kill',
  'image-pull-error',
  'registry-down',
  'api-server-down',
  'etcd-slow',
  'component-down',
  'dns-down',
] as const;

/** A fault, or what heals one. */
export const FAULT_SHAPE = named(
  'ScenarioFault',
  about(
    'Something that goes wrong',
    objectOf(
      {
        type: about('What goes wrong', wordIn(FAULT_TYPES)),
        node: about('Name of the node', TEXT),
        pod: about('Name of the Pod', TEXT),
        namespace: about('Namespace of the Pod', TEXT),
        container: about('Name of the container', TEXT),
        code: about('Exit code of the container', integerIn(0, 255)),
        image: about('Image that cannot be pulled', TEXT),
        component: about('Component that is down', TEXT),
        latency: about('How slow', DURATION),
        for: about('Heals by itself after this long', DURATION),
      },
      ['type'],
    ),
  ),
);
