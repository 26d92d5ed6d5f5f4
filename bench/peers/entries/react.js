// All of React DOM is used, so a bundler can only make it small, not leave anything out.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

globalThis.bench = { createElement, createRoot };
