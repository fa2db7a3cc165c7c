/** A film of a span of time: the drawing is looked at moment by moment, painted, and recorded by the browser as WebM. */
import { t } from '../../i18n/translate';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { paint } from './canvas';
import { drawnWhole, momentPicture, painted } from './moment-picture';

/** Films last at most so long, whatever they span: a longer span plays faster. */
const LONGEST_MS = 12_000;
/** So often is the drawing looked at; one that takes longer to paint is looked at less often. */
const FRAME_MS = 80;
/** The last picture stands so long. */
const REST_MS = 600;
const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

export interface FilmOptions {
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Told how much of it is done, from 0 to 1. */
  readonly onDone: (share: number) => void;
  /** Ends it at once: what there is by then is the film. */
  readonly signal: AbortSignal;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What this browser records; undefined when nothing that we know. */
const filmKind = (): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));

/** See the header. The page is back at its moment when it ends. */
export const film = (options: FilmOptions): Promise<Blob> => drawnWhole(() => filmed(options));

async function filmed({ title, fromMs, toMs, onDone, signal }: FilmOptions): Promise<Blob> {
  const mimeType = filmKind();
  if (mimeType === undefined) throw new Error(t('picture.noFilm'));
  const before = useSession.getState().cursor;
  useSession.setState({ playing: false });
  const canvas = document.createElement('canvas');
  paint(canvas, momentPicture(title), 1);
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[];
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 4_000_000 });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start();
  const speed = Math.max(1, (toMs - fromMs) / LONGEST_MS);
  const begun = performance.now();
  for (let share = 0; share < 1 && !signal.aborted; ) {
    const at = performance.now();
    share = Math.min(1, ((at - begun) * speed) / Math.max(1, toMs - fromMs));
    onDone(share);
    await conductor.look.revisit({ timeMs: Math.round(fromMs + share * (toMs - fromMs)) });
    await painted();
    paint(canvas, { ...momentPicture(title), width: canvas.width, height: canvas.height }, 1);
    track?.requestFrame();
    await wait(Math.max(0, FRAME_MS - (performance.now() - at)));
  }
  if (!signal.aborted) await wait(REST_MS);
  track?.requestFrame();
  recorder.stop();
  await ended;
  await conductor.look.revisit(before);
  return new Blob(pieces, { type: mimeType });
}
