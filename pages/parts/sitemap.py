"""Every screen, in the order of the marketing day."""

from pages import (
    account,
    approvals,
    brand,
    calendar,
    channels,
    competitors,
    creator,
    home,
    imports,
    jobs,
    media,
    members,
    notifications,
    pipelines,
    reliability,
    results,
    schedules,
    system,
)
from pages.parts.screens import Screen
from services.identity import Act

SCREENS = (
    Screen("home", "Home", "home", "", home.page),
    Screen("competitors", "Competitors", "travel_explore", "Research", competitors.page),
    Screen("imports", "Imports", "upload_file", "Research", imports.page, Act.IMPORT),
    Screen("creator", "Ad creator", "space_dashboard", "Create", creator.page),
    Screen("library", "Media", "photo_library", "Create", media.page),
    Screen("approvals", "Approvals", "fact_check", "Publish", approvals.page),
    Screen("calendar", "Calendar", "calendar_month", "Publish", calendar.page),
    Screen("channels", "Channels", "cell_tower", "Publish", channels.page),
    Screen("results", "Results", "monitoring", "Measure", results.page),
    Screen("jobs", "Jobs", "sync", "Operate", jobs.page),
    Screen("schedules", "Schedules", "event_repeat", "Operate", schedules.page),
    Screen("pipelines", "Pipelines", "account_tree", "Operate", pipelines.page),
    Screen("reliability", "Reliability", "verified", "Operate", reliability.page),
    Screen("members", "Members", "group", "Operate", members.page),
    Screen("brand", "Brand", "palette", "Operate", brand.page),
    Screen("system", "System", "dns", "Operate", system.page, Act.SYSTEM),
    Screen("notifications", "Notifications", "notifications", "Operate", notifications.page, hidden=True),
    Screen("account", "Your account", "account_circle", "Operate", account.page, hidden=True),
)
