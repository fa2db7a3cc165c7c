/** Share: the scenario, what was done by hand and the moment shown, in a link. */
import { useState } from 'react';
import { t } from '../../i18n/translate';
import { encodeLink } from '../../scenario/share-link';
import { Icon } from '../shell/icons';
import { usePopover } from '../shell/popover';
import { useDocument } from '../state/document';
import { conductor } from '../state/page';
import { setBanner, useSession } from '../state/session';
import { copyText } from './clipboard';

/** Links longer than this are cut by some programs on the way. */
const LONG_LINK = 32_000;

/** The address of what the page shows now. */
async function currentLink(embed: boolean): Promise<string> {
  const { cursor, view, ready } = useSession.getState();
  const carried = ready ? await conductor.query('link', {}) : undefined;
  const fragment = encodeLink({
    text: carried?.text ?? useDocument.getState().text,
    edited: useDocument.getState().text,
    inputs: carried?.inputs,
    cursor: { step: cursor.step },
    view,
    ...(embed ? { embed: 'all' as const } : {}),
  });
  return `${location.origin}${location.pathname}#${fragment}`;
}

/** See the header. */
export function SharePopover() {
  const { open, setOpen, root } = usePopover();
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState(false);
  const [embed, setEmbed] = useState(false);

  const make = async (embedded: boolean) => {
    setBanner('action', undefined);
    const made = await currentLink(embedded);
    setLink(made);
    setOpen(true);
    setCopied(await copyText(made));
  };
  return (
    <div ref={root}>
      <button type="button" className="button primary" aria-expanded={open} onClick={() => void make(embed)}>
        <Icon name="share" size={16} />
        <span>{t('share.share')}</span>
      </button>
      {open && (
        <div className="popover share-box">
          <p role="status">{t(copied ? 'share.copied' : 'share.copyByHand')}</p>
          <div className="share-row">
            <input
              className="field"
              readOnly
              aria-label={t('share.link')}
              value={link}
              onFocus={(event) => event.target.select()}
            />
          </div>
          <label>
            <input
              type="checkbox"
              checked={embed}
              onChange={(event) => {
                setEmbed(event.target.checked);
                void make(event.target.checked);
              }}
            />{' '}
            {t('share.embed')}
          </label>
          {link.length > LONG_LINK && <p>{t('share.long', { count: link.length })}</p>}
        </div>
      )}
    </div>
  );
}
