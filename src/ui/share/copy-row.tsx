/** A text to be taken away: shown in full, with a button that puts it on the clipboard. */
import { useCallback, useEffect, useState } from 'react';
import { t } from '../../i18n/translate';
import { Icon } from '../shell/icons';
import { copyText } from './clipboard';

interface Props {
  readonly name: string;
  readonly text: string;
  readonly rows: number;
  /** It goes to the clipboard as soon as it is there, and whenever it changes. */
  readonly atOnce?: boolean;
}

/** See the header. */
export function CopyRow({ name, text, rows, atOnce = false }: Props) {
  /** The text that was copied last, and whether that went well. */
  const [copied, setCopied] = useState<{ readonly text: string; readonly well: boolean }>();
  const copy = useCallback(async () => setCopied({ text, well: await copyText(text) }), [text]);
  useEffect(() => {
    if (atOnce) void copy();
  }, [atOnce, copy]);
  const isSaid = copied !== undefined && copied.text === text;
  const select = (event: { readonly target: HTMLInputElement | HTMLTextAreaElement }) => event.target.select();
  return (
    <div className="copy-row">
      {rows === 1 ? (
        <input className="field mono" readOnly aria-label={name} value={text} onFocus={select} />
      ) : (
        <textarea className="field mono" readOnly aria-label={name} rows={rows} value={text} onFocus={select} />
      )}
      <button type="button" className="button" onClick={() => void copy()}>
        <Icon name="copy" size={16} />
        {t('share.copy')}
      </button>
      <p role="status">{isSaid && t(copied.well ? 'share.copied' : 'share.copyByHand')}</p>
    </div>
  );
}
