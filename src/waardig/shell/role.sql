-- As the owner, after somebody gave the application role another name: functions of later migrations are opened to it.
UPDATE vault.role SET application = %s WHERE application <> %s
