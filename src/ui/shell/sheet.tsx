/** A dialog over the whole page, with a title and a button that closes it. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../../i18n/translate';
import { Icon } from './icons';
import './sheet.css';

interface Props {
  readonly title: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** See the header. */
export function Sheet({ title, className, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={`sheet ${className}`} aria-labelledby={titleId} onClose={onClose}>
      <div className="sheet-head">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="icon-button push"
          aria-label={t('sheet.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
