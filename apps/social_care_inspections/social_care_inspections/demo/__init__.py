"""This app's part of the demonstration nation: a tool for hostels, and a campaign of visits to every institution. All of it is fictional."""
