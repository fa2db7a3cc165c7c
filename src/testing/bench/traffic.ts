/**
 * Benchmark: requests of one source from outside to a Service in front of N Pods, at so many a second for so long, after the Pods run.
 * Prints one JSON line with the CPU seconds of that time. Run by `npm run bench`, one process per size.
 */
import { createSimulation } from '../../engine/create-simulation';
import { countsBefore } from '../../engine/traffic/counts';
import type { TrafficMemory } from '../../engine/traffic/record';
import { userComponent } from '../../kubectl/user-component';
import { parseScenario } from '../../scenario/scenario';
import { cpuSeconds, peakMiB } from './measure';

/** How long the Pods get to run. */
const READY_S = 120;

const textOf = (pods: number, perSecond: number, seconds: number): string => `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  nodes: [{count: 20, namePrefix: node-, capacity: {cpu: "1000", memory: 4000Gi, pods: "5000"}}]
  traffic: [{name: users, target: "http://web.default:80/", rps: ${perSecond}, from: ${READY_S}s, to: ${READY_S + seconds}s}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${pods}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "shop:1", ports: [{containerPort: 80}]}]}
`;

function main(pods: number, perSecond: number, seconds: number): void {
  const { scenario } = parseScenario(textOf(pods, perSecond, seconds));
  if (!scenario) throw new Error('the scenario can not be read');
  const limits = { maxObjects: 1e9, maxStepsPerSecond: 1e9, maxRevisions: 1e9, maxTimersPerSecond: 1e9 };
  const simulation = createSimulation({ ...scenario.config, limits }, { components: [userComponent] });
  const run = (toSeconds: number): void => {
    const { stopped, message } = simulation.run({ timeMs: toSeconds * 1000 });
    if (stopped === 'failed' || stopped === 'limit') throw new Error(message);
  };
  run(READY_S);
  const before = process.cpuUsage();
  run(READY_S + seconds + 1);
  const cpuS = cpuSeconds(before);
  const counts = countsBefore(simulation.memoryOf('traffic/users') as TrafficMemory, 1e6);
  console.log(JSON.stringify({ pods, perSecond, seconds, cpuS, peakMiB: peakMiB(), ...counts }));
}

const [pods = 20, perSecond = 500, seconds = 300] = process.argv.slice(2).map(Number);
main(pods, perSecond, seconds);
