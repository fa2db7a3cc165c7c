/** Handing in: asks who, and makes a link that carries the name, the answers and what was done. */
import { type FormEvent, useState } from 'react';
import { t } from '../../i18n/translate';
import { encodeLink } from '../../scenario/share-link';
import { copyText } from '../share/clipboard';
import { usePopover } from '../shell/popover';
import { loadSetting, saveSetting } from '../state/settings';
import { handedIn } from './guide';

/** See the header. */
export function HandInButton() {
  const { open, setOpen, root } = usePopover();
  return (
    <div className="hand-in" ref={root}>
      <button type="button" className="button small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('handIn.button')}
      </button>
      {open && <HandIn />}
    </div>
  );
}

function HandIn() {
  const [who, setWho] = useState(() => loadSetting('who') ?? '');
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState(false);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    saveSetting('who', who.trim());
    const state = await handedIn(who.trim());
    if (!state) return;
    const made = `${location.origin}${location.pathname}#${encodeLink(state)}`;
    setLink(made);
    setCopied(await copyText(made));
  };
  return (
    <div className="popover">
      <p>{t('handIn.explain')}</p>
      <form onSubmit={(event) => void make(event)}>
        <label>
          {t('handIn.who')}
          <input
            className="field"
            autoComplete="name"
            maxLength={200}
            value={who}
            onChange={(event) => {
              setWho(event.target.value);
              setLink('');
            }}
          />
        </label>
        <button type="submit" className="button primary hand-in-make" disabled={who.trim() === ''}>
          {t('handIn.make')}
        </button>
      </form>
      {link !== '' && (
        <>
          <p role="status">{t(copied ? 'handIn.copied' : 'handIn.copyByHand')}</p>
          <input
            className="field"
            readOnly
            aria-label={t('handIn.link')}
            value={link}
            onFocus={(event) => event.target.select()}
          />
        </>
      )}
    </div>
  );
}
