/** The page's head: the mark, which scenario this is, and what concerns the page as a whole. */
import { t } from '../../i18n/translate';
import { StartHere } from '../lesson/start-here';
import { LayoutButtons } from '../panels/layout-buttons';
import { SharePopover } from '../share/share-popover';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { toggleTheme, useTheme } from '../theme/theme';
import './header.css';
import { Icon } from './icons';
import { LanguageButton } from './language-button';
import { Logo } from './logo';
import { MoreActions } from './more-actions';
import { ScenarioMenu, useTitle } from './scenario-menu';
import { UndoRedo } from './undo-redo';

/** See the header. */
export function Header() {
  const theme = useTheme((state) => state.theme);
  const embed = useSession((session) => session.embed);
  const colours = t(theme === 'dark' ? 'header.light' : 'header.dark');
  return (
    <header className="header">
      <div className="brand">
        <Logo />
        <h1>{t('app.name')}</h1>
      </div>
      {embed ? <ScenarioTitle /> : <ScenarioMenu />}
      {embed !== 'readonly' && embed !== 'controls' && <UndoRedo />}
      {!embed && <StartHere />}
      <div className="header-actions">
        <LayoutButtons hasEditor={!embed} />
        <MoreActions>
          {!embed && (
            <span className="more-only">
              <StartHere />
            </span>
          )}
          <button type="button" className="header-link" onClick={() => useSession.setState({ limitsOpen: true })}>
            <Icon name="book" size={16} />
            <span>{t('header.limits')}</span>
          </button>
          <LanguageButton />
          <button type="button" className="icon-button" aria-label={colours} title={colours} onClick={toggleTheme}>
            <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
            <span className="more-only">{colours}</span>
          </button>
        </MoreActions>
        <button
          type="button"
          className="button header-reset"
          onClick={() => void conductor.restart()}
          title={t('header.resetHint')}
        >
          <Icon name="reset" size={16} />
          <span>{t('header.reset')}</span>
        </button>
        <SharePopover />
      </div>
    </header>
  );
}

function ScenarioTitle() {
  return <p className="scenario-title">{useTitle()}</p>;
}
