/* Runs in the page that is printed, started by us over the DevTools protocol; the print's own scripts never run. */
(() => {
	const PX_PER_MM = 96 / 25.4;
	const BANDS = ["header", "footer"];
	const FALLBACK_FONTS = '"Noto Sans", "Noto Naskh Arabic"';
	const state = { header: null, footer: null, own_footer: false, watermark: "" };
	const CARD = 400; // points: what is narrower is a card and bears no watermark

	const all = (selector, root = document) => [...root.querySelectorAll(selector)];

	function style(css, { first = false } = {}) {
		const element = document.createElement("style");
		element.textContent = css;
		if (first) document.head.prepend(element);
		else document.head.append(element);
		return element;
	}

	/* Take #header-html and #footer-html out of the flow: the first of each is repeated on every page. */
	function extract(band) {
		const found = all(`#${band}-html`);
		if (!found.length) return null;
		const box = document.createElement("div");
		box.className = "print-format";
		box.append(...found[0].childNodes);
		found.forEach((element) => element.remove());
		return box;
	}

	function toggle(root) {
		all(".visible-pdf", root).forEach((element) => element.classList.remove("visible-pdf"));
		all(".hidden-pdf, .print-hide", root).forEach((element) => element.remove());
	}

	/* Links of the print lead to the site, and not to the place where it is printed. */
	function lead(root, address) {
		for (const link of all("a[href]", root)) {
			if (link.origin !== location.origin || link.getAttribute("href").startsWith("#")) continue;
			link.href = address + link.pathname + link.search + link.hash;
		}
	}

	function font_rules(rules) {
		return [...rules].flatMap((rule) => {
			if (rule.type === CSSRule.STYLE_RULE) return rule.style.fontFamily ? [rule.style] : [];
			return rule.cssRules ? font_rules(rule.cssRules) : [];
		});
	}

	/* After the families that the print names, Arabic comes from one good font and not from a chance one. */
	function complete_fonts() {
		const readable = [...document.styleSheets].flatMap((sheet) => {
			try {
				return [...sheet.cssRules];
			} catch {
				return [];
			}
		});
		const inline = all("[style*='font']").map((element) => element.style);
		for (const declaration of [...font_rules(readable), ...inline]) {
			const family = declaration.fontFamily;
			if (!family || /^(inherit|initial|unset|revert)/.test(family) || family.includes("var(")) continue;
			const weight = declaration.getPropertyPriority("font-family");
			declaration.setProperty("font-family", `${family}, ${FALLBACK_FONTS}`, weight);
		}
	}

	/* Waits for fonts and pictures; what is refused leaves its room empty, without Chromium's broken picture. */
	function loaded() {
		const pictures = all("img").map((image) => {
			image.loading = "eager";
			return image.decode().catch(() => (image.style.visibility = "hidden"));
		});
		return Promise.all([document.fonts.ready, ...pictures]);
	}

	/* Returns the text of the style sheets that may hold page options. */
	function open({ page_line, address, watermark }) {
		state.watermark = watermark || "";
		document.head.append(...all("body style")); // they style header and footer, too, which outlive the body
		document.title ||= document.querySelector("h1, h2, h3")?.textContent.trim() || "PDF";
		state.header = extract("header");
		state.footer = extract("footer");
		state.own_footer = Boolean(state.footer);
		if (!state.footer && page_line) {
			state.footer = document.createElement("div");
			state.footer.className = "print-format";
			state.footer.innerHTML = page_line;
		}
		[document, state.header, state.footer].filter(Boolean).forEach(toggle);
		[document, state.header, state.footer].filter(Boolean).forEach((root) => lead(root, address));
		return all("style")
			.map((element) => element.textContent)
			.filter((css) => css.includes(".print-format"))
			.join("\n");
	}

	/* Returns the heights of header and footer in millimetres at the given width. */
	async function measure(width) {
		style(
			`html { font-family: ${FALLBACK_FONTS}; -webkit-print-color-adjust: exact; }
			thead { display: table-header-group; } tr, img { break-inside: avoid; }`,
			{ first: true }
		);
		style(
			".print-format { margin: 0 !important; } .page-break:last-child { break-after: auto; } a[href]::after { content: none !important; }"
		);
		complete_fonts();
		const boxes = BANDS.map((band) => state[band]).filter(Boolean);
		for (const box of boxes) {
			box.style.cssText = `display: flow-root; position: absolute; width: ${width}mm; padding: 0`;
			document.body.append(box);
		}
		await loaded();
		const heights = BANDS.map((band) => state[band]?.getBoundingClientRect().height ?? 0);
		boxes.forEach((box) => box.remove());
		return heights.map((height) => height / PX_PER_MM);
	}

	function set_page(css) {
		style(css, { first: true });
	}

	function write_numbers(root, page, pages) {
		all(".page, .pageNumber, .frompage", root).forEach((element) => (element.textContent = page));
		all(".topage, .totalPages", root).forEach((element) => (element.textContent = pages));
	}

	function band_of(name, place) {
		const box = state[name].cloneNode(true);
		box.style.cssText = `display: flow-root; position: absolute; padding: 0; ${place}`;
		return box;
	}

	/* A mere page number is not worth a single page. */
	function wanted(page_count) {
		if (page_count === 1 && !state.own_footer) state.footer = null;
		return Boolean(state.header || state.footer || state.watermark);
	}

	/* The text aslant over the whole page, faint enough to read what is below, and once more in full along its edge. */
	function watermark_of({ width, height }) {
		const layer = document.createElement("div");
		layer.style.cssText = "position: absolute; inset: 0; overflow: hidden; direction: rtl";
		const step = 150;
		for (let top = step / 2; top < height; top += step)
			layer.append(
				line(`top: ${top}pt; left: 0; width: ${width}pt; transform: rotate(-24deg); font-size: 15pt;
				color: rgba(60, 60, 60, 0.13)`)
			);
		layer.append(
			line(`top: ${height / 2}pt; left: ${9 - height / 2}pt; width: ${height}pt; transform: rotate(-90deg);
			font-size: 7pt; color: rgba(60, 60, 60, 0.75)`)
		);
		return layer;
	}

	function line(place) {
		const element = document.createElement("div");
		element.style.cssText = `position: absolute; text-align: center; white-space: nowrap; line-height: 1; ${place}`;
		element.textContent = state.watermark;
		return element;
	}

	/* Replace the body by one sheet per page with nothing but its header and footer.
	 * pages: [{width, height}] in points; numbers: their numbers as text, the last one is their count. */
	function stamp({ pages, numbers, left, right, edge }) {
		const sizes = [...new Set(pages.map((page) => `${page.width}pt ${page.height}pt`))];
		const sheets = pages.map((page, index) => {
			const sheet = document.createElement("div");
			const size = sizes.indexOf(`${page.width}pt ${page.height}pt`);
			const last = index === pages.length - 1;
			sheet.style.cssText = `position: relative; overflow: hidden; page: stamp${size}; width: ${page.width}pt;
				height: ${page.height - 1}pt; break-after: ${last ? "auto" : "page"}`;
			const sides = `left: ${left}mm; right: ${right}mm`;
			if (state.header) sheet.append(band_of("header", `top: ${edge}mm; ${sides}`));
			if (state.footer) sheet.append(band_of("footer", `bottom: calc(${edge}mm - 1pt); ${sides}`));
			if (state.watermark && page.width >= CARD) sheet.append(watermark_of(page));
			write_numbers(sheet, numbers[index], numbers.at(-1));
			return sheet;
		});
		document.body.replaceChildren(...sheets);
		style(`html, body { margin: 0 !important; padding: 0 !important; background: none !important; }
			${sizes.map((size, index) => `@page stamp${index} { size: ${size}; margin: 0; }`).join("\n")}`);
	}

	window.sheet = { open, measure, set_page, wanted, stamp };
})();
