/** Pictures of the moment to be saved, and a film of a span: the range marked in the timeline, else what follows. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import { fileName } from '../editor/file-name';
import { saveBlob } from '../lesson/save-file';
import { setBanner, useSession } from '../state/session';
import { useSight } from '../timeline/sight';
import { momentText } from '../timeline/time-text';

/** So much is filmed where nothing is marked. */
const SPAN_MS = 20_000;

/** What a picture of the moment is called, without its ending. */
export function pictureName(title: string): string {
  const { cursor } = useSession.getState();
  return `${fileName(title)}-${Math.round(cursor.timeMs)}ms`;
}

async function saving(title: string, make: () => Promise<Blob>, ending: string): Promise<void> {
  const name = `${pictureName(title)}.${ending}`;
  try {
    saveBlob(name, await make());
  } catch (error) {
    setBanner('action', { tone: 'error', text: t('picture.failed'), detail: (error as Error).message });
  }
}

const load = () => import('../picture/moment-picture');

/** Saves the moment as a PNG. */
export const savePng = (title: string): Promise<void> =>
  saving(title, async () => (await load()).momentPng(title), 'png');
const saveSvg = (title: string): Promise<void> => saving(title, async () => (await load()).momentSvg(title), 'svg');

/** See the header. */
export function PictureSheet({ title }: { title: string }) {
  return (
    <>
      <p className="quiet">{t('picture.explain')}</p>
      <div className="share-buttons">
        <button type="button" className="button" onClick={() => void savePng(title)}>
          PNG
        </button>
        <button type="button" className="button" onClick={() => void saveSvg(title)}>
          SVG
        </button>
      </div>
      <Film title={title} />
    </>
  );
}

function Film({ title }: { title: string }) {
  const range = useSight((sight) => sight.range);
  const horizonMs = useSession((session) => session.horizonMs);
  const [beginMs] = useState(() => useSession.getState().cursor.timeMs);
  const [share, setShare] = useState<number>();
  const running = useRef<AbortController>(undefined);
  // Whoever closes the box ends the film.
  useEffect(() => () => running.current?.abort(), []);
  const fromMs = range?.fromMs ?? Math.min(beginMs, Math.max(0, horizonMs - SPAN_MS));
  const toMs = range?.toMs ?? Math.min(fromMs + SPAN_MS, horizonMs);
  const begin = async () => {
    running.current = new AbortController();
    const { signal } = running.current;
    setShare(0);
    await saving(
      title,
      async () => (await import('../picture/film')).film({ title, fromMs, toMs, onDone: setShare, signal }),
      'webm',
    );
    setShare(undefined);
  };
  const isFilming = share !== undefined;
  return (
    <div className="share-buttons">
      <button
        type="button"
        className="button"
        onClick={isFilming ? () => running.current?.abort() : () => void begin()}
      >
        {isFilming ? t('picture.stop') : t('picture.film', { from: momentText(fromMs), to: momentText(toMs) })}
      </button>
      {isFilming && <progress aria-label={t('picture.progress')} value={share} max={1} />}
    </div>
  );
}
