/** Above the work: whose run is open, and the way back to the class that it was opened from. */
import { useEffect } from 'react';
import { t } from '../../i18n/translate';
import { useSession } from '../state/session';
import './lesson.css';
import { loadClass, useClass } from './class-table';

/** See the header. */
export default function HandedInBar({ who }: { who: string }) {
  const hasRows = useClass(({ rows }) => rows !== undefined && rows.length > 0);
  useEffect(() => void loadClass(), []);
  return (
    <aside className="banner info handed-in" aria-label={t('handIn.bar')}>
      <p>
        <strong>{who.trim() === '' ? t('handIn.byNobody') : t('handIn.by', { who })}</strong>
      </p>
      {hasRows && (
        <div className="banner-actions">
          <button type="button" className="button small" onClick={() => useSession.setState({ gradingOpen: true })}>
            {t('grade.back')}
          </button>
        </div>
      )}
    </aside>
  );
}
