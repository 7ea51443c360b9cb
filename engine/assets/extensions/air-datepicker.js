// Seconds for air-datepicker 2.2.3, and a clock that reads from left to right on every page.
(function ($) {
	const { Constructor: Picker, Timepicker } = $.fn.datepicker;
	const pad = Picker.getLeadingZeroNum;

	$("<style>")
		.text(
			`.datepicker--time-current { flex-basis: auto; padding-right: 10px; }
			.datepicker--time-current-seconds { font-size: 19px; line-height: 1; }
			[dir="rtl"] .datepicker--nav-action svg { transform: scaleX(-1); }`
		)
		.appendTo("head");

	/** Put `after` behind the method `name` of `target`; both get the same arguments. */
	function extend(target, name, after) {
		const original = target[name];
		target[name] = function (...args) {
			const result = original.apply(this, args);
			return after.call(this, result, ...args) ?? result;
		};
	}

	extend(Picker, "getParsedDate", (parsed, date) =>
		Object.assign(parsed, { seconds: date.getSeconds(), fullSeconds: pad(date.getSeconds()) })
	);

	extend(Picker.prototype, "formatDate", function (text, pattern, date) {
		const { seconds, fullSeconds } = Picker.getParsedDate(date);
		const boundary = this._getWordBoundaryRegExp;
		return this._replacer(this._replacer(text, boundary("ss"), fullSeconds), boundary("s"), seconds);
	});

	const clickCell = Picker.prototype._onClickCell;
	Picker.prototype._onClickCell = function (event, date) {
		if (this.timepicker) date.setSeconds(this.timepicker.seconds);
		clickCell.call(this, event, date);
	};

	const timeChange = Picker.prototype._onTimeChange;
	Picker.prototype._onTimeChange = function (event, hours, minutes) {
		const { seconds } = this.timepicker;
		if (this.selectedDates.length) {
			this.lastSelectedDate.setSeconds(seconds);
			timeChange.call(this, event, hours, minutes);
			return;
		}
		const date = new Date();
		date.setHours(hours, minutes, seconds, 0);
		if (!this._getCell(date).hasClass("-disabled-")) this.selectDate(date);
	};

	extend(Timepicker.prototype, "_setTime", function (_, date) {
		this.seconds = date.getSeconds();
	});

	extend(Timepicker.prototype, "_buildHTML", function () {
		this.$secondsText = $('<span class="datepicker--time-current-seconds">').text(pad(this.seconds));
		this.$minutesText.after('<span class="datepicker--time-current-colon">:</span>', this.$secondsText);
		this.$seconds = $('<input type="range" name="seconds" min="0" max="59" step="1">').val(this.seconds);
		$('<div class="datepicker--time-row">')
			.append(this.$seconds)
			.appendTo(this.$timepicker.find(".datepicker--time-sliders"));
		this.$ranges = $('[type="range"]', this.$timepicker);
		this.$timepicker.attr("dir", "ltr");
	});

	extend(Timepicker.prototype, "_updateCurrentTime", function () {
		this.$secondsText.text(pad(Number(this.seconds)));
	});

	extend(Timepicker.prototype, "_updateRanges", function () {
		this.$seconds.val(this.seconds);
	});
})(window.jQuery);
