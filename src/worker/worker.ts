/** The worker's entry: one host, which hears every message and has its turns between them. */
import { insisting } from './again';
import type { Here } from './bridge';
import { Host } from './host';
import type { Question } from './protocol';
import { readDocumentation } from './read-documentation';
import { createTurns } from './run-ahead';

const host = new Host({
  post: (message) => self.postMessage(message),
  turns: createTurns(),
  now: () => performance.now(),
  documentation: readDocumentation,
  load: {
    commands: () => insisting(() => import('../kubectl/registry')).then(({ findCommand }) => findCommand),
    fidelity: () =>
      insisting(() => import('../engine/limits')).then(({ KUBERNETES_VERSION, LIMITS }) => ({
        version: KUBERNETES_VERSION,
        limits: LIMITS,
      })),
    timeline: () => insisting(() => import('./timeline-answers')).then(({ timelineAnswers }) => timelineAnswers),
  },
});

self.onmessage = ({ data }: MessageEvent<Question>) => void host.hear(data);
self.postMessage({ type: 'here' } satisfies Here);
