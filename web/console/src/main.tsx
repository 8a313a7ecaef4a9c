import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import './app/console.css';
import './app/figures.css';
import './app/pages.css';
import './app/more.css';
import './app/moderation.css';
import './app/discover.css';
import './app/skill.css';
import './app/places.css';
import './app/forced.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
