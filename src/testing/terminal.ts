/** A test cluster with a person at its keyboard: types kubectl lines at moments and reads what they printed. For tests only. */

import type { CommandRecord } from '../kubectl/user';
import { userComponent } from '../kubectl/user-component';
import { createWorld, type World, type WorldOptions } from './world';

/** A world and its terminal. */
export interface Terminal {
  readonly world: World;
  /** Types a line now and runs on until it has ended, at most `patienceMs`. */
  run(command: string, stdin?: string, patienceMs?: number): CommandRecord;
  /** Types a line now without waiting for its end. */
  type(command: string, stdin?: string): void;
  /** Everything that has ended, in order. */
  records(): CommandRecord[];
}

function isRecord(detail: unknown): detail is CommandRecord {
  return typeof detail === 'object' && detail !== null && (detail as { type?: unknown }).type === 'command';
}

/** A cluster with the user component. */
export function createTerminal(options: WorldOptions = {}): Terminal {
  const world = createWorld({ ...options, components: [userComponent, ...(options.components ?? [])] });
  const { simulation } = world;
  const records = (): CommandRecord[] =>
    Array.from({ length: simulation.step }, (_, index) => simulation.detailAt(index + 1)).filter(isRecord);
  const type = (command: string, stdin?: string): void => {
    simulation.act({ to: 'user', kind: 'kubectl', payload: { command, stdin } });
    world.runUntil(simulation.nowMs);
  };
  return {
    world,
    type,
    records,
    run: (command, stdin, patienceMs = 120_000) => {
      const before = records().length;
      const deadlineMs = simulation.nowMs + patienceMs;
      type(command, stdin);
      while (records().length === before && simulation.nowMs < deadlineMs) world.runFor(50);
      const record = records()[before];
      if (!record) throw new Error(`still running: ${command}`);
      return record;
    },
  };
}

/** The nginx Deployment of many tests. */
export const NGINX = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
  labels: {app: nginx}
spec:
  replicas: 2
  selector:
    matchLabels: {app: nginx}
  template:
    metadata:
      labels: {app: nginx}
    spec:
      containers:
      - name: nginx
        image: nginx:1.7.9
        ports:
        - containerPort: 80
`;
