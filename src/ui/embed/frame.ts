/** The page inside another page: does what that one asks by message, and tells it what there is to see. */
import { parseRowId, rowId } from '../../view/rows';
import { conductor, playback, typing } from '../state/page';
import { select, shownStep, useSession } from '../state/session';
import { Turns } from '../state/turns';
import { useWorld } from '../state/world';
import { type FrameNews, type FrameRequest, frameRequestOf } from './frame-messages';

/** A moment is told of at most so often. */
const MOMENT_MS = 100;

const tell = (news: FrameNews): void => parent.postMessage({ kubestep: 1, ...news }, '*');

/** The row that a kind, a name and perhaps a namespace mean. */
function rowNamed(kind: string, name: string, namespace?: string): string {
  for (const row of useWorld.getState().rows.values()) {
    if (row.kind === kind && row.name === name && (namespace === undefined || row.namespace === namespace))
      return row.id;
  }
  return rowId(kind, namespace ?? 'default', name);
}

/** That many steps, or a thousand; what is asked for after them comes after them. */
function stepBy(by: number): void {
  for (let left = Math.min(Math.abs(by), 1_000); left > 0; left -= 1) void conductor.look.stepBy(by > 0 ? 1 : -1);
}

async function run(command: string, id: string | number): Promise<void> {
  const output = await conductor.acts.kubectl(command.replace(/^\s*kubectl\s+/, ''));
  const { stdout, stderr, code } = output ?? { stdout: '', stderr: 'error: the simulation did not answer', code: 1 };
  tell({ type: 'result', id, stdout, stderr, code });
}

function load({ text, at }: Extract<FrameRequest, { type: 'load' }>): Promise<void> {
  return typing.follow(text, text, { at, play: at === undefined });
}

function follow(request: Exclude<FrameRequest, { type: 'load' }>): void {
  const isReadOnly = useSession.getState().embed === 'readonly';
  switch (request.type) {
    case 'seek':
      useSession.setState({ playing: false });
      void conductor.look.seek('step' in request ? { step: request.step } : { timeMs: request.timeMs });
      return;
    case 'play':
      if (request.speed !== undefined) useSession.setState({ speed: request.speed });
      playback.setPlaying(true);
      return;
    case 'pause':
      playback.setPlaying(false);
      return;
    case 'step':
      stepBy(request.by);
      return;
    case 'select':
      select(rowNamed(request.kind, request.name, request.namespace));
      return;
    case 'kubectl':
      if (isReadOnly) tell({ type: 'problem', message: 'this page is embedded to be looked at only' });
      else void run(request.command, request.id);
  }
}

/** What is told of a moment: the last of many, so many a second. */
function momentTeller(): () => void {
  let due = false;
  const send = () => {
    due = false;
    const { current, cursor, playing, branch } = useSession.getState();
    tell({ type: 'moment', step: shownStep({ current, cursor }), timeMs: cursor.timeMs, playing, branch });
  };
  return () => {
    if (due) return;
    due = true;
    setTimeout(send, MOMENT_MS);
  };
}

/** Listens and tells while the page lives; does nothing where the page stands by itself. */
export function joinFrame(): void {
  if (parent === window) return;
  const tellMoment = momentTeller();
  // What is asked for after a text means that text, though it is still being opened.
  const loads = new Turns();
  addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    const request = source === parent ? frameRequestOf(data) : undefined;
    if (request?.type === 'load') void loads.take(() => load(request));
    else if (request) void loads.atRest.then(() => follow(request));
  });
  useSession.subscribe((state, before) => {
    if (state.ready && !before.ready) tell({ type: 'ready' });
    const isOther = (part: 'cursor' | 'current' | 'playing' | 'branch') => state[part] !== before[part];
    if (isOther('cursor') || isOther('current') || isOther('playing') || isOther('branch')) tellMoment();
    if (state.goal && state.goal !== before.goal) tell({ type: 'goal', ...state.goal });
    if (state.selected !== before.selected) {
      tell({ type: 'selected', ...(state.selected === null ? {} : parseRowId(state.selected)) });
    }
    for (const slot of ['text', 'run', 'link', 'worker', 'action'] as const) {
      const banner = state.banners[slot];
      if (!banner || banner === before.banners[slot] || banner.tone === 'info') continue;
      tell({ type: 'problem', message: [banner.text, banner.detail].filter(Boolean).join(' ') });
    }
  });
}
