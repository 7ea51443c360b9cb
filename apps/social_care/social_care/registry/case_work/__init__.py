"""Work with a child in care: plans, reviews, assessments, contacts, events, savings, activities and their time line."""
