/** A film of a span of time: the drawing is looked at moment by moment, painted, and recorded by the browser as WebM. */
import { t } from '../../i18n/translate';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { paintOn } from './canvas';
import { drawnWhole, momentPicture, momentSize, painted } from './moment-picture';

/** Films last at most so long, whatever they span: a longer span plays faster. */
const LONGEST_MS = 12_000;
/** So often is the drawing looked at; one that takes longer to paint is looked at less often. */
const FRAME_MS = 80;
/** The last picture stands so long. */
const REST_MS = 600;
/** At so many moments of the span is it seen beforehand how large the drawing becomes. */
const SIZED = 24;
/** No side of a film is longer: of a larger drawing it is smaller. */
const LONGEST_SIDE = 6000;
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

/** A canvas for all of the span: as large as the drawing becomes in it. */
async function canvasFor({ fromMs, toMs, signal }: FilmOptions): Promise<HTMLCanvasElement> {
  const most = { width: 1, height: 1 };
  for (let sample = 0; sample <= SIZED && !signal.aborted; sample += 1) {
    await conductor.look.revisit({ timeMs: Math.round(fromMs + (sample / SIZED) * (toMs - fromMs)) });
    await painted();
    const { width, height } = momentSize();
    most.width = Math.max(most.width, width);
    most.height = Math.max(most.height, height);
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(most.width, most.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(most.width * scale);
  canvas.height = Math.round(most.height * scale);
  return canvas;
}

/** The moment as one picture of the film. What has become larger than was seen beforehand is shown smaller, never cut. */
function paintMoment(canvas: HTMLCanvasElement, title: string): void {
  const picture = momentPicture(title);
  paintOn(canvas, picture, Math.min(1, canvas.width / picture.width, canvas.height / picture.height));
}

/** See the header. The page is back at its moment when it ends. */
export const film = (options: FilmOptions): Promise<Blob> => drawnWhole(() => filmed(options));

async function filmed(options: FilmOptions): Promise<Blob> {
  const { title, fromMs, toMs, onDone, signal } = options;
  const mimeType = filmKind();
  if (mimeType === undefined) throw new Error(t('picture.noFilm'));
  const before = useSession.getState().cursor;
  useSession.setState({ playing: false });
  const canvas = await canvasFor(options);
  paintMoment(canvas, title);
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
    paintMoment(canvas, title);
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
