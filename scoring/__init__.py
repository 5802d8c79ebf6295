"""The pure room: editions, rules, assessments, gaps. No clock, network, SQL or Streamlit; imports nothing of ours."""
