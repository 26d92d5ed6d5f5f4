/** The token of a link stands in the form where it leads, so it need not stay in the address, where others may read it. */
if (document.querySelector('[data-forget-query]') !== null) history.replaceState(null, '', location.pathname);

export {};
