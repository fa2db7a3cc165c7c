/** The worker's entry: one host, which hears every message and has its turns between them. */
import { Host } from './host';
import type { Question } from './protocol';
import { createTurns } from './run-ahead';

const host = new Host({
  post: (message) => self.postMessage(message),
  turns: createTurns(),
  now: () => performance.now(),
});

self.onmessage = ({ data }: MessageEvent<Question>) => void host.hear(data);
