/** What opens below Share: a link, a frame for another page, Markdown; each with what the sender wants in it. */
import { useEffect, useState } from 'react';
import { t } from '../../i18n/translate';
import type { EmbedMode } from '../../scenario/share-link';
import { Tabs } from '../shell/tabs';
import { type SessionState, useSession } from '../state/session';
import { CopyRow } from './copy-row';
import { type MadeLink, makeLink, type Wishes } from './make-link';
import { momentWords } from './moment-words';
import { PictureSheet, pictureName, savePng } from './picture-sheet';
import './share.css';
import { frameSnippet, markdownOf } from './snippets';
import { WishList } from './wish-list';

/** Links longer than this are cut by some programs on the way. */
const LONG_LINK = 32_000;
const SHEETS = ['link', 'embed', 'markdown', 'picture'] as const;
const MODES: readonly EmbedMode[] = ['all', 'readonly', 'controls'];

const FIRST_WISHES: Wishes = { opensAt: 'moment', select: true, view: true, branches: false, lang: false };

/** See the header. `title`: what the page calls what it shows. */
export default function ShareBox({ title }: { title: string }) {
  // What was shown when Share was pressed: time may go on meanwhile.
  const [shown] = useState(() => useSession.getState());
  const [sheet, setSheet] = useState<(typeof SHEETS)[number]>('link');
  const [wishes, setWishes] = useState(FIRST_WISHES);
  const [embed, setEmbed] = useState<EmbedMode>('all');
  const [made, setMade] = useState<MadeLink>();
  const wished = sheet === 'embed' ? embed : undefined;
  useEffect(() => {
    let isLatest = true;
    void makeLink(shown, { ...wishes, embed: wished }).then((latest) => isLatest && setMade(latest));
    return () => {
      isLatest = false;
    };
  }, [shown, wishes, wished]);
  // Whoever sees the box sees the link in it.
  if (made === undefined) return null;
  const { link, tellsSecrets } = made;
  return (
    <section className="popover share-box" aria-label={t('share.share')}>
      <Tabs
        label={t('share.what')}
        tabs={SHEETS}
        selected={sheet}
        onSelect={setSheet}
        nameOf={(each) => t(`share.${each}`)}
      />
      {sheet === 'link' && <Link link={link} />}
      {sheet === 'embed' && <Frame link={link} title={title} mode={embed} onMode={setEmbed} />}
      {sheet === 'markdown' && <Markdown link={link} shown={shown} title={title} />}
      {sheet !== 'picture' && tellsSecrets && <p className="share-secrets">{t('share.secrets')}</p>}
      {sheet === 'picture' ? (
        <PictureSheet title={title} />
      ) : (
        <WishList shown={shown} wishes={wishes} onChange={setWishes} />
      )}
    </section>
  );
}

function Link({ link }: { link: string }) {
  const count = link.length;
  return (
    <>
      <CopyRow name={t('share.link')} text={link} rows={1} atOnce />
      <p className="quiet">{count > LONG_LINK ? t('share.long', { count }) : t('share.length', { count })}</p>
    </>
  );
}

interface FrameProps {
  readonly link: string;
  readonly title: string;
  readonly mode: EmbedMode;
  readonly onMode: (mode: EmbedMode) => void;
}

function Frame({ link, title, mode, onMode }: FrameProps) {
  return (
    <>
      <label className="share-mode">
        {t('share.mode')}
        <select className="field" value={mode} onChange={(event) => onMode(event.target.value as EmbedMode)}>
          {MODES.map((each) => (
            <option key={each} value={each}>
              {t(`share.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <CopyRow name={t('share.snippet')} text={frameSnippet(link, title)} rows={5} />
      <a className="link-button" href="./embed.html" target="_blank" rel="noreferrer">
        {t('share.example')}
      </a>
    </>
  );
}

function Markdown({ link, shown, title }: { link: string; shown: SessionState; title: string }) {
  /** The name of the picture that was put beside it. */
  const [picture, setPicture] = useState<string>();
  const told = {
    title,
    ...momentWords(shown),
    link,
    open: t('share.openIt'),
    picture: picture && `${picture}.png`,
  };
  const addPicture = () => {
    setPicture(pictureName(title));
    void savePng(title);
  };
  return (
    <>
      <CopyRow name={t('share.markdownText')} text={markdownOf(told)} rows={6} />
      <button type="button" className="link-button" disabled={picture !== undefined} onClick={addPicture}>
        {picture === undefined ? t('picture.beside') : t('picture.isBeside', { name: `${picture}.png` })}
      </button>
    </>
  );
}
