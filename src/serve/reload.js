// Shows a previewed page anew when the server has something new. Only the preview adds this; published pages do not have it.
(() => {
  "use strict";
  let shown = Number(document.currentScript.dataset.generation);
  let events = null;

  const place = "afterword-preview-scroll " + location.pathname;

  function reload() {
    try {
      sessionStorage.setItem(place, String(scrollY));
    } catch { /* Without storage the page begins at the top. */ }
    location.reload();
  }

  function scrollBack() {
    try {
      const top = sessionStorage.getItem(place);
      if (top === null) return;
      sessionStorage.removeItem(place);
      const scroll = () => scrollTo({ top: Number(top), behavior: "instant" });
      scroll();
      addEventListener("load", scroll, { once: true });
    } catch { /* As above. */ }
  }

  // The names of style sheets change with their content, so the new ones are read off the page as it is now.
  function restyle(generation) {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.onerror = reload;
    request.onload = () => {
      if (!request.response) return reload();
      // The sheet of the panel is ours and stays.
      const sheets = 'link[rel~="stylesheet"]:not([href^="/.afterword/"])';
      const old = document.querySelectorAll(sheets);
      const fresh = request.response.querySelectorAll(sheets);
      if (fresh.length !== old.length) return reload();
      fresh.forEach((sheet, index) => {
        const link = old[index].cloneNode();
        const url = new URL(sheet.getAttribute("href"), location.href);
        url.searchParams.set("generation", generation);
        link.removeAttribute("integrity");
        link.href = url.href;
        link.onload = link.onerror = () => old[index].remove();
        old[index].after(link);
      });
    };
    request.send();
  }

  function told(event) {
    const [number, follow] = event.data.split(" ");
    const generation = Number(number);
    if (generation === shown) return;
    if (follow && follow !== location.pathname) {
      location.assign(follow);
      return;
    }
    const missedNothing = generation === shown + 1;
    shown = generation;
    if (event.type === "style" && missedNothing) restyle(generation);
    else reload();
  }

  // A browser opens few connections to one server, so a tab listens only while it is looked at.
  function listen() {
    if (events) events.close();
    events = null;
    if (document.hidden) return;
    events = new EventSource("/.afterword/events");
    events.addEventListener("reload", told);
    events.addEventListener("style", told);
    events.onerror = () => {
      if (events && events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  }

  // What `check` says of this page, in a corner of it. A reader who has closed the panel finds it closed.
  function findings() {
    const request = new XMLHttpRequest();
    request.open("GET", "/.afterword/findings" + (location.pathname === "/" ? "/home" : location.pathname));
    request.responseType = "json";
    request.onload = () => {
      const found = request.status === 200 && request.response;
      // The way to all findings alone is no news.
      if (found && (found.summary || found.links.length > 1)) showFindings(found);
    };
    request.send();
  }

  function showFindings({ summary, errors, html, links: ways }) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = "/.afterword/preview.css";
    document.head.append(sheet);
    const panel = document.createElement("details");
    panel.className = "afterword-panel";
    panel.toggleAttribute("data-errors", errors);
    const title = document.createElement("summary");
    title.textContent = summary || "Preview";
    const body = document.createElement("div");
    body.className = "afterword-panel-body";
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Findings");
    // The server has escaped what documents say.
    body.innerHTML = html;
    const links = document.createElement("p");
    links.className = "afterword-panel-links";
    const link = (text, address) => {
      const a = document.createElement("a");
      a.textContent = text;
      a.href = address;
      links.append(a);
    };
    for (const [words, address] of ways) link(words, address);
    body.prepend(links);
    panel.append(title, body);
    const memory = "afterword-preview-findings";
    try {
      panel.open = sessionStorage.getItem(memory) ? sessionStorage.getItem(memory) === "open" : errors;
      title.addEventListener("click", () => sessionStorage.setItem(memory, panel.open ? "closed" : "open"));
    } catch {
      panel.open = errors;
    }
    document.body.append(panel);
  }

  scrollBack();
  listen();
  if (!location.pathname.startsWith("/.afterword/") && window === window.top) findings();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events && events.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
})();
