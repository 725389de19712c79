/** Where the page begins: the hub that serves it, and the element that it is drawn into. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Page } from './frame/page.js';
import { applyTheme, keptTheme } from './frame/theme.js';
import { createHub } from './hub/hub.js';

const element = document.getElementById('page');
if (element === null) throw new Error('index.html has no #page');
applyTheme(keptTheme());
createRoot(element).render(
  <StrictMode>
    <Page hub={createHub(location.href)} />
  </StrictMode>,
);
