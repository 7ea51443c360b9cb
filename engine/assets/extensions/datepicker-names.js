// Full names of weekdays run into each other above the columns of the calendar.
window.jQuery.fn.datepicker.language.ar.daysMin = ["ح", "ن", "ث", "ر", "خ", "ج", "س"];
